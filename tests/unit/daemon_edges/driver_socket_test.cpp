// SPDX-License-Identifier: Apache-2.0
#include "daemon/driver_socket.h"
#include "ipc/names.h"
#include "tests/support/fatal_log.h"

#include <QLocalSocket>
#include <QRegularExpression>
#include <QRemoteObjectNode>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <sys/socket.h>
#include <sys/un.h>

#include <sys/stat.h>
#include <unistd.h>

using namespace glovebox;

namespace
{

/// Notes what came through.
class FakeDesk : public daemon::DriverDesk
{
public:
    void attach(Listener listener) override
    {
        m_listener = std::move(listener);
        ++attached;
        m_listener.view(state);
    }
    void detach() override
    {
        m_listener = {};
        ++detached;
    }
    void shown(const std::string &nonce) override { calls.push_back("shown " + nonce); }
    void alive(const std::string &nonce) override { calls.push_back("alive " + nonce); }
    void approve(const std::string &nonce, const std::vector<payment::ShownText> &items,
                 payment::ConsentMethod method) override
    {
        std::string call = "approve " + nonce + " " + std::string(payment::nameOf(method));
        for (const auto &item : items) {
            call += " " + item.id + "=" + item.text;
        }
        calls.push_back(call);
    }
    void decline(const std::string &nonce) override { calls.push_back("decline " + nonce); }
    void interrupted(const std::string &nonce) override { calls.push_back("interrupted " + nonce); }
    void enterPin(std::span<std::uint8_t> pin) override
    {
        calls.push_back("pin of " + std::to_string(pin.size()));
        pinBuffer = pin;
    }
    void openPin() override { calls.emplace_back("openPin"); }
    void closePin() override { calls.emplace_back("closePin"); }
    void undo(const std::string &purchaseId) override { calls.push_back("undo " + purchaseId); }
    void dismiss(const std::string &purchaseId) override { calls.push_back("dismiss " + purchaseId); }
    void resume(const std::string &purchaseId) override { calls.push_back("resume " + purchaseId); }

    void show() { m_listener.view(state); }
    [[nodiscard]] const Listener &listener() const { return m_listener; }

    daemon::ViewState state;
    std::vector<std::string> calls;
    std::span<std::uint8_t> pinBuffer;
    int attached = 0;
    int detached = 0;

private:
    Listener m_listener;
};

/// The cockpit's end.
struct Cockpit
{
    explicit Cockpit(const std::string &path)
    {
        socket.connectToServer(QString::fromStdString(path));
        node.addClientSideConnection(&socket);
        driver.reset(node.acquire<DriverReplica>(ipc::kDriverObject));
    }
    QLocalSocket socket;
    QRemoteObjectNode node;
    std::unique_ptr<DriverReplica> driver;
};

const QRegularExpression refusedSecond(QStringLiteral("A second cockpit was refused"));
const QRegularExpression refusedForeign(QStringLiteral("A foreign user was refused"));

} // namespace

class DriverSocketTest : public QObject
{
    Q_OBJECT
    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<FakeDesk> m_desk;

    [[nodiscard]] std::string path() const
    {
        return m_folder->filePath(QStringLiteral("driver.sock")).toStdString();
    }
    [[nodiscard]] std::unique_ptr<daemon::DriverSocket> listening(unsigned uid = geteuid()) const
    {
        auto socket = std::make_unique<daemon::DriverSocket>(*m_desk, uid);
        const auto failure = socket->listen(path());
        if (failure) {
            qWarning("%s", failure->sentence.c_str());
        }
        return socket;
    }

private Q_SLOTS:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>(); // 0700
        m_desk = std::make_unique<FakeDesk>();
    }

    void theViewArrivesWholeAndChangesFollow()
    {
        m_desk->state.screen = "card";
        m_desk->state.card = {"n1", "p1", "purchase", "glance", "fuel", {"card.moving.1", "en", {}, {}}};
        m_desk->state.card.texts.items = {{"title", "Fuel · Pump 4"}, {"amount", "€80.00"}};
        m_desk->state.pin.triesLeft = 3;
        const auto server = listening();
        const Cockpit cockpit(path());
        QTRY_VERIFY(cockpit.driver->isReplicaValid());
        const CockpitView view = cockpit.driver->view();
        QCOMPARE(view.screen(), QStringLiteral("card"));
        QCOMPARE(view.driving(), QStringLiteral("moving"));
        QCOMPARE(view.card().nonce(), QStringLiteral("n1"));
        QCOMPARE(view.card().templateId(), QStringLiteral("card.moving.1"));
        QCOMPARE(view.card().items().size(), 2);
        QCOMPARE(view.card().items().at(1).text(), QStringLiteral("€80.00"));
        QCOMPARE(view.pin().triesLeft(), 3);

        m_desk->state.screen = "result";
        m_desk->state.result = {"p1", "paid", false, false, {{"headline", "Paid"}}};
        m_desk->show();
        QTRY_COMPARE(cockpit.driver->view().screen(), QStringLiteral("result"));
        QCOMPARE(cockpit.driver->view().result().items().at(0).text(), QStringLiteral("Paid"));
        QVERIFY(cockpit.driver->view().revision() > view.revision());
    }

    void everyCallReachesTheDesk()
    {
        const auto server = listening();
        Cockpit cockpit(path());
        QTRY_VERIFY(cockpit.driver->isReplicaValid());
        DriverReplica &driver = *cockpit.driver;
        driver.shown(QStringLiteral("n"));
        driver.alive(QStringLiteral("n"));
        driver.approve(QStringLiteral("n"), {ShownItem(QStringLiteral("amount"), QStringLiteral("€1"))},
                       QStringLiteral("key"));
        driver.decline(QStringLiteral("n"));
        driver.interrupted(QStringLiteral("n"));
        driver.openPin();
        driver.enterPin("123456");
        driver.closePin();
        driver.undo(QStringLiteral("p"));
        driver.dismiss(QStringLiteral("p"));
        driver.resume(QStringLiteral("p"));
        const std::vector<std::string> expected = {"shown n",   "alive n",       "approve n key amount=€1",
                                                   "decline n", "interrupted n", "openPin",
                                                   "pin of 6",  "closePin",      "undo p",
                                                   "dismiss p", "resume p"};
        QTRY_COMPARE(m_desk->calls.size(), expected.size());
        QCOMPARE(m_desk->calls, expected);
    }

    void whatTheDeskSaysReachesTheCockpit()
    {
        const auto server = listening();
        Cockpit cockpit(path());
        QTRY_VERIFY(cockpit.driver->isReplicaValid());
        QSignalSpy refused(cockpit.driver.get(), &DriverReplica::refused);
        QSignalSpy pinAnswered(cockpit.driver.get(), &DriverReplica::pinAnswered);
        m_desk->listener().refused("n", "too_soon");
        m_desk->listener().pinAnswered("wrong");
        QTRY_COMPARE(refused.size(), 1);
        QTRY_COMPARE(pinAnswered.size(), 1);
        QCOMPARE(refused.at(0).at(1).toString(), QStringLiteral("too_soon"));
        QCOMPARE(pinAnswered.at(0).at(0).toString(), QStringLiteral("wrong"));
    }

    void thePinIsWipedWhereItArrived()
    {
        daemon::DriverSourceObject source(*m_desk);
        QByteArray pin("123456");
        pin.detach();
        source.enterPin(pin);
        QCOMPARE(m_desk->pinBuffer.size(), std::size_t{6});
        QCOMPARE(pin, QByteArray(6, '\0'));
    }

    void whatCannotBeOursNeverReachesTheDesk()
    {
        daemon::DriverSourceObject source(*m_desk);
        QSignalSpy refused(&source, &DriverSource::refused);
        const QString nonce = QStringLiteral("n");
        source.shown(QString());
        source.shown(QString(65, QLatin1Char('n')));
        source.undo(QString(65, QLatin1Char('p')));
        source.enterPin(QByteArray(65, '1'));
        QCOMPARE(refused.size(), 0);
        source.approve(nonce, QList<ShownItem>(33), QStringLiteral("touch"));
        source.approve(nonce, {ShownItem(QStringLiteral("a"), QString(1025, QLatin1Char('x')))},
                       QStringLiteral("touch"));
        source.approve(nonce, {}, QStringLiteral("voice")); // not a thing that this interface can claim
        QCOMPARE(refused.size(), 3);
        QVERIFY(m_desk->calls.empty());
    }

    void aSecondCockpitIsRefusedAndTheFirstStays()
    {
        const auto server = listening();
        const Cockpit first(path());
        QTRY_VERIFY(first.driver->isReplicaValid());
        QTest::ignoreMessage(QtWarningMsg, refusedSecond);
        QLocalSocket second;
        QSignalSpy closed(&second, &QLocalSocket::disconnected);
        second.connectToServer(QString::fromStdString(path()));
        QTRY_COMPARE(closed.size(), 1);
        QCOMPARE(m_desk->attached, 1);
        QCOMPARE(m_desk->detached, 0);
        m_desk->state.screen = "pin";
        m_desk->show();
        QTRY_COMPARE(first.driver->view().screen(), QStringLiteral("pin"));
    }

    void theNextCockpitIsTakenWhenTheFirstIsGone()
    {
        m_desk->state.screen = "card";
        const auto server = listening();
        {
            const Cockpit first(path());
            QTRY_VERIFY(first.driver->isReplicaValid());
        }
        QTRY_COMPARE(m_desk->detached, 1);
        m_desk->state.screen = "result";
        Cockpit second(path());
        QTRY_VERIFY(second.driver->isReplicaValid());
        QCOMPARE(second.driver->view().screen(), QStringLiteral("result"));
        second.driver->openPin();
        QTRY_COMPARE(m_desk->calls.size(), std::size_t{1});
        QCOMPARE(m_desk->attached, 2);
    }

    void anotherUserIsRefusedBeforeTheHostSeesTheSocket()
    {
        const auto server = listening(geteuid() + 1); // we are the foreign user
        QTest::ignoreMessage(QtWarningMsg, refusedForeign);
        QLocalSocket socket;
        QSignalSpy closed(&socket, &QLocalSocket::disconnected);
        socket.connectToServer(QString::fromStdString(path()));
        QTRY_COMPARE(closed.size(), 1);
        QVERIFY(socket.readAll().isEmpty());
        QCOMPARE(m_desk->attached, 0);
    }

    void theFolderMustBePrivate_data()
    {
        QTest::addColumn<unsigned>("mode");
        QTest::addColumn<bool>("otherUser");
        QTest::addColumn<int>("exitCode"); // 0: taken
        QTest::newRow("private") << 0700U << false << 0;
        QTest::newRow("group may enter, same user") << 0710U << false << 77;
        QTest::newRow("group may enter, cockpit is another user") << 0710U << true << 0;
        QTest::newRow("group may list") << 0750U << true << 77;
        QTest::newRow("others may enter") << 0701U << true << 77;
        QTest::newRow("group may write") << 0730U << true << 77;
    }
    void theFolderMustBePrivate()
    {
        QFETCH(unsigned, mode);
        QFETCH(bool, otherUser);
        QFETCH(int, exitCode);
        QCOMPARE(chmod(m_folder->path().toUtf8().constData(), mode), 0);
        daemon::DriverSocket socket(*m_desk, otherUser ? geteuid() + 1 : geteuid());
        const auto failure = socket.listen(path());
        QCOMPARE(failure ? failure->exitCode : 0, exitCode);
        QCOMPARE(failure ? failure->sentence.find(m_folder->path().toStdString()) != std::string::npos : true,
                 true);
    }

    void aMissingOrLinkedFolderIsRefused()
    {
        const std::string base = m_folder->path().toStdString();
        daemon::DriverSocket socket(*m_desk, geteuid());
        const auto missing = socket.listen(base + "/none/driver.sock");
        QVERIFY(missing);
        QCOMPARE(missing->exitCode, 66);
        QCOMPARE(mkdir((base + "/real").c_str(), 0700), 0);
        QCOMPARE(symlink((base + "/real").c_str(), (base + "/link").c_str()), 0);
        const auto linked = socket.listen(base + "/link/driver.sock");
        QVERIFY(linked);
        QCOMPARE(linked->exitCode, 77);
    }

    void aSocketLeftOverIsReplaced()
    {
        {
            const int left = ::socket(AF_UNIX, SOCK_STREAM, 0);
            sockaddr_un address{.sun_family = AF_UNIX, .sun_path = {}};
            path().copy(address.sun_path, sizeof address.sun_path - 1);
            QCOMPARE(::bind(left, reinterpret_cast<const sockaddr *>(&address), sizeof address), 0);
            QCOMPARE(::close(left), 0);
        }
        const auto server = listening();
        const Cockpit cockpit(path());
        QTRY_VERIFY(cockpit.driver->isReplicaValid());
    }
};

GLOVEBOX_TEST_MAIN(DriverSocketTest)
#include "driver_socket_test.moc"
