// SPDX-License-Identifier: Apache-2.0
// A purchase kind that nobody compiled in: one file with its strings, and the whole way from the proposal to
// "paid".
#include "crypto/hash.h"
#include "crypto/jws.h"
#include "tests/support/fatal_log.h"
#include "tests/unit/daemon/car.h"

#include <QFile>

#include <algorithm>

using namespace glovebox;
using namespace glovebox::testing;
using namespace std::chrono_literals;
using payment::Event;
using payment::State;

namespace
{

base::Json dogWash(const std::string &request)
{
    return {{"request_id", request},
            {"kind", "dog_wash"},
            {"merchant_id", "garage-marktplatz"},
            {"amount", {{"type", "exact"}, {"value", 900}, {"currency", "EUR"}}},
            {"place", {{"type", "gate"}, {"label", "3"}}}};
}

} // namespace

class TenthKindTest : public QObject
{
    Q_OBJECT
    QTemporaryDir m_folder;
    std::unique_ptr<Car> m_car;

    [[nodiscard]] std::string shown(const std::string &id) const
    {
        const auto &items = m_car->view().card.texts.items;
        const auto found = std::ranges::find(items, id, &payment::ShownText::id);
        return found == items.end() ? std::string() : found->text;
    }

private Q_SLOTS:
    void init()
    {
        const QString file = m_folder.filePath(QStringLiteral("dog_wash.json"));
        QVERIFY(
            QFile::exists(file) ||
            QFile::copy(QStringLiteral(GLOVEBOX_SOURCE_DIR "/tests/unit/daemon_edges/dog_wash.json"), file));
        m_car = std::make_unique<Car>(std::string(), m_folder.path().toStdString(), QStringLiteral("de"));
        m_car->makeReady();
    }
    void cleanup() { m_car.reset(); }

    void fromProposalToPaid()
    {
        const std::string purchase = m_car->propose(dogWash("r1"));
        QCOMPARE(m_car->view().screen, std::string("card"));
        QCOMPARE(m_car->view().card.icon, std::string("dog_wash"));
        QCOMPARE(shown("title"), std::string("Hundewäsche · Wanne 3"));
        QCOMPARE(shown("primary"), std::string("Waschen"));
        m_car->approve();
        QCOMPARE(m_car->state(purchase), State::queued);

        const crypto::PublicKey keys[] = {m_car->sample.car.publicKey()};
        const auto verified =
            crypto::verifyJws(m_car->stored(purchase).approvalJws, wire::kApprovalType, keys);
        const auto claims = base::parseJson(base::textOf(verified.value().payload), payment::kRecordLimits);
        const auto approval = payment::approvalFromClaims(claims.value(), crypto::hashJson).value();
        QCOMPARE(approval.kind.text(), std::string("dog_wash"));
        QCOMPARE(approval.shown.items.front().text, std::string("Hundewäsche · Wanne 3"));

        m_car->settlement->record(purchase, Event::submit, m_car->clock.now());
        m_car->settle();
        payment::SettlementFacts facts;
        facts.captured_minor = 900;
        facts.receipt = facts.captureReceipt = "receipt";
        m_car->settlement->record(purchase, Event::captured, m_car->clock.now(), facts);
        m_car->settle();
        QCOMPARE(m_car->look(purchase).at("paid").get<bool>(), true);
        QVERIFY(m_car->differences().empty());
    }

    void whatItsFileSaysHolds()
    {
        m_car->drive();
        const std::string moving = m_car->propose(dogWash("r2"));
        QCOMPARE(m_car->state(moving), State::held); // offer_while_moving is false
        base::Json wrongUnit = dogWash("r3");
        wrongUnit["amount"] = {{"type", "metered"}, {"value", 900},     {"currency", "EUR"},
                               {"unit", "l"},       {"unit_price", 10}, {"max_quantity", 90'000}};
        QCOMPARE(m_car->look(m_car->propose(wrongUnit)).at("reason").get<std::string>(),
                 std::string("kind.unit"));
        base::Json nowhere = dogWash("r4");
        nowhere.erase("place");
        QCOMPARE(m_car->look(m_car->propose(nowhere)).at("reason").get<std::string>(),
                 std::string("kind.place"));
        base::Json builtIn = dogWash("r5"); // kinds_dir replaces the kinds that are built in
        builtIn["kind"] = "parking";
        QCOMPARE(m_car->look(m_car->propose(builtIn)).at("reason").get<std::string>(),
                 std::string("kind.unknown"));
    }
};

GLOVEBOX_TEST_MAIN(TenthKindTest)
#include "tenth_kind_test.moc"
