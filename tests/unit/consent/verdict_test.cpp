// SPDX-License-Identifier: Apache-2.0
#include "consent/verdict.h"
#include "tests/support/fatal_log.h"
#include "tests/unit/payment/samples.h"

#include <QFile>
#include <QTest>

#include <map>

using namespace glovebox;
using namespace glovebox::consent;
using payment::DrivingState;
using payment::Fulfilment;

namespace
{

/// A good purchase of fuel, and what one row of the table changes in it.
class Case
{
public:
    explicit Case(const QByteArray &changes)
    {
        for (const QByteArray &change : changes.split(' ')) {
            const qsizetype mark = change.indexOf('=');
            if (mark > 0) {
                m_changes[change.left(mark)] = change.mid(mark + 1);
            }
        }
        makeKind();
        makeProposal();
        makeMerchant();
    }

    [[nodiscard]] Verdict decide()
    {
        const QByteArray permit = text("permit", "fuel");
        Permissions permissions;
        if (permit != "none") {
            permissions.kinds = {*payment::KindId::fromText(permit.toStdString())};
        }
        permissions.currency = text("permcurrency", "EUR").toStdString();
        permissions.perPurchase_minor_max = number("cap", 12000);
        permissions.offlineUnsettled_minor_max = number("offmax", 15000);
        permissions.openProposals_max = static_cast<int>(number("openmax", 3));
        Situation situation;
        const QByteArray driving = text("driving", "parked");
        situation.driving = driving == "moving"   ? DrivingState::moving
                            : driving == "idling" ? DrivingState::idling
                                                  : DrivingState::parked;
        situation.driverSessionOpen = number("session", 1) == 1;
        situation.online = number("online", 1) == 1;
        situation.now = payment::samples::moment(10'000'000);
        if (number("signedtime", 1) == 0) {
            situation.now.trust = base::ClockTrust::untrusted;
        }
        situation.proposedAt = situation.now.boot - std::chrono::seconds(number("age", 0));
        situation.serviceNeeded = number("service", 0) == 1;
        situation.unsettledOffline_minor = number("unsettled", 0);
        situation.openProposalsOfAgent = static_cast<int>(number("open", 0));
        for (const auto &[name, unused] : m_changes) {
            if (!m_used.contains(name)) {
                qFatal("verdicts.tsv: nothing reads \"%s\"", name.constData());
            }
        }
        const bool noMerchant = text("merchant", "") == "none";
        return consent::decide({m_proposal, m_kind ? &*m_kind : nullptr, noMerchant ? nullptr : &m_merchant,
                                permissions, situation});
    }

private:
    QByteArray text(const char *name, const char *usual)
    {
        m_used[name] = true;
        const auto it = m_changes.find(name);
        return it == m_changes.end() ? QByteArray(usual) : it->second;
    }
    qint64 number(const char *name, qint64 usual)
    {
        return text(name, QByteArray::number(usual).constData()).toLongLong();
    }

    void makeKind()
    {
        const QByteArray name = text("kind", "fuel");
        if (name != "none") {
            const auto kinds = payment::samples::shippedKinds();
            m_kind = *kinds.find(*payment::KindId::fromText(name.toStdString()));
            m_kind->offerWhileMoving = number("parkedonly", 0) == 0;
        }
    }
    void makeProposal()
    {
        m_proposal = payment::samples::fuel();
        const QByteArray type = text("type", "up_to");
        m_proposal.amount.type = type == "exact"     ? payment::AmountType::exact
                                 : type == "metered" ? payment::AmountType::metered
                                                     : payment::AmountType::upTo;
        m_proposal.amount.value = {number("value", 8000),
                                   *base::Currency::fromCode(text("currency", "EUR").toStdString())};
        const QByteArray place = text("place", "pump");
        m_proposal.place.type = place == "none"   ? payment::PlaceType::none
                                : place == "zone" ? payment::PlaceType::zone
                                                  : payment::PlaceType::pump;
    }
    void makeMerchant()
    {
        const QByteArray terms = text("terms", "online");
        const Fulfilment fulfilment = terms == "deferred"           ? Fulfilment::deferred
                                      : terms == "offline_accepted" ? Fulfilment::offlineAccepted
                                                                    : Fulfilment::online;
        m_merchant = payment::samples::merchant(fulfilment, text("offers", "fuel").constData());
        if (text("merchant", "") == "other") {
            m_merchant.id = *payment::MerchantId::fromText("other");
        }
        m_merchant.validUntil = {payment::samples::moment(10'000'000).wall.milliseconds +
                                 number("valid", 1'000'000)};
        for (auto &[kind, entry] : m_merchant.kinds) {
            entry.offlineFloor_minor = number("floor", 5000);
        }
    }

    std::map<QByteArray, QByteArray> m_changes;
    std::map<QByteArray, bool> m_used = {{"floor", true}, {"parkedonly", true}};
    payment::Proposal m_proposal;
    std::optional<payment::Kind> m_kind;
    payment::MerchantEntry m_merchant;
};

QList<QList<QByteArray>> readRows()
{
    QFile file(QStringLiteral(GLOVEBOX_SOURCE_DIR "/tests/unit/consent/verdicts.tsv"));
    QList<QList<QByteArray>> rows;
    if (file.open(QIODevice::ReadOnly)) {
        for (const QByteArray &line : file.readAll().split('\n')) {
            const QList<QByteArray> cells = line.split('\t');
            if (!line.startsWith('#') && cells.size() == 4) {
                rows.push_back(cells);
            }
        }
    }
    return rows;
}

} // namespace

class VerdictTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void table_data()
    {
        QTest::addColumn<QByteArray>("changes");
        QTest::addColumn<QByteArray>("outcome");
        QTest::addColumn<QByteArray>("rule");
        const auto rows = readRows();
        QVERIFY(rows.size() >= 40);
        for (const QList<QByteArray> &row : rows) {
            QTest::newRow(row[0].constData()) << row[1] << row[2] << row[3];
        }
    }
    void table()
    {
        QFETCH(QByteArray, changes);
        const Verdict verdict = Case(changes).decide();
        QVERIFY(!verdict.fired.empty());
        QTEST(QByteArray::fromStdString(std::string(nameOf(verdict.outcome))), "outcome");
        QTEST(QByteArray::fromStdString(verdict.fired.front().rule), "rule");
        for (const Fired &fired : verdict.fired) {
            QVERIFY(!fired.forDriver.empty());
            QVERIFY(!fired.forAuditor.empty());
        }
    }

    void everyRuleDecidesSomeRow()
    {
        // The rules of a verdict with nothing known, plus those of the table: none is without a row.
        std::map<QByteArray, int> decided;
        std::map<QByteArray, int> fired;
        for (const QList<QByteArray> &row : readRows()) {
            const Verdict verdict = Case(row[1]).decide();
            ++decided[QByteArray::fromStdString(verdict.fired.front().rule)];
            for (const Fired &rule : verdict.fired) {
                ++fired[QByteArray::fromStdString(rule.rule)];
            }
        }
        for (const auto &[rule, count] : fired) {
            QVERIFY2(decided[rule] > 0, rule.constData());
        }
        QCOMPARE(decided.size(), std::size_t(20));
    }

    void times()
    {
        const qint64 now = payment::samples::moment(10'000'000).wall.milliseconds;
        const Verdict online = Case("age=100").decide();
        QCOMPARE(online.admitBy.milliseconds, now + 200'000);
        QCOMPARE(online.settleBy.milliseconds, now + 600'000);
        const Verdict accepted = Case("terms=offline_accepted online=0 value=100").decide();
        QCOMPARE(accepted.fulfilment, Fulfilment::offlineAccepted);
        QCOMPARE(accepted.settleBy.milliseconds, now + 86'400'000);
        const Verdict deferred = Case("terms=deferred online=0").decide();
        QCOMPARE(deferred.settleBy.milliseconds, now + 1'200'000);
        QCOMPARE(Case("age=4000").decide().admitBy.milliseconds, now);
    }
};

GLOVEBOX_TEST_MAIN(VerdictTest)
#include "verdict_test.moc"
