// SPDX-License-Identifier: Apache-2.0
#include "consent/verdict.h"
#include "payment/names.h"
#include "tests/support/fatal_log.h"
#include "tests/unit/payment/samples.h"

#include <QFile>
#include <QTest>

#include <cstring>
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
        const Permissions permissions = makePermissions();
        const Situation situation = makeSituation();
        tuneRisk();
        makeHistory(situation.now);
        VehicleFacts vehicle;
        if (const QByteArray energy = text("energy", "unknown"); energy != "unknown") {
            vehicle.energies = {*payment::fromName(payment::kEnergies, energy.toStdString())};
        }
        vehicle.tank_ml = optional("tank");
        vehicle.battery_wh = optional("battery");
        if (const auto level = optional("level")) {
            vehicle.level_percent = static_cast<int>(*level);
        }
        const RiskContext risk{m_risk, m_history.of(*payment::DriverId::fromText("mia")),
                               *payment::AgentId::fromText("assistant"), vehicle};
        const bool noRisk = number("risk", 1) == 0;
        for (const auto &[name, unused] : m_changes) {
            if (!m_used.contains(name)) {
                qFatal("verdicts.tsv: nothing reads \"%s\"", name.constData());
            }
        }
        const bool noMerchant = text("merchant", "") == "none";
        return consent::decide({m_proposal, m_kind ? &*m_kind : nullptr, noMerchant ? nullptr : &m_merchant,
                                permissions, situation, noRisk ? nullptr : &risk});
    }

private:
    static constexpr std::int64_t kNow_ms = 10'000'000'000; // so that months ago is after the start

    Permissions makePermissions()
    {
        const QByteArray permit = text("permit", "fuel");
        Permissions permissions;
        if (permit != "none") {
            permissions.kinds = {*payment::KindId::fromText(permit.toStdString())};
        }
        permissions.currency = text("permcurrency", "EUR").toStdString();
        permissions.perPurchase_minor_max = number("cap", 12000);
        permissions.offlineUnsettled_minor_max = number("offmax", 15000);
        permissions.offlineUnsettled_count_max = static_cast<int>(number("offcountmax", 5));
        permissions.offlineUnsettled_age_s_max = number("offagemax", 86'400);
        permissions.daily_minor_max = number("daymax", 20'000);
        permissions.monthly_minor_max = number("monthmax", 60'000);
        permissions.area_m_max = number("area", 0);
        permissions.hours = {static_cast<int>(number("from", 0)), static_cast<int>(number("to", 1440))};
        permissions.revoked = number("revoked", 0) == 1;
        permissions.stopped = number("stopped", 0) == 1;
        permissions.openProposals_max = static_cast<int>(number("openmax", 3));
        if (const auto left_ms = optional("ends")) {
            permissions.validUntil =
                base::WallTime{payment::samples::moment(kNow_ms).wall.milliseconds + *left_ms};
        }
        if (const QByteArray only = text("only", "any"); only != "any") {
            permissions.merchants = {*payment::MerchantId::fromText(only.toStdString())};
        }
        return permissions;
    }

    Situation makeSituation()
    {
        Situation situation;
        situation.driving =
            *payment::fromName(payment::kDrivingStates, text("driving", "parked").toStdString());
        situation.driverSessionOpen = number("session", 1) == 1;
        situation.online = number("online", 1) == 1;
        situation.directoryKnown = number("directory", 1) == 1;
        situation.now = payment::samples::moment(kNow_ms);
        if (number("signedtime", 1) == 0) {
            situation.now.trust = base::ClockTrust::untrusted;
        }
        situation.proposedAt = situation.now.boot - std::chrono::seconds(number("age", 0));
        if (const auto pin_s = optional("pin")) {
            situation.pinAt = situation.now.boot - std::chrono::seconds(*pin_s);
        }
        situation.serviceNeeded = number("service", 0) == 1;
        situation.unsettledOffline_minor = number("unsettled", 0);
        situation.unsettledOffline_count = static_cast<int>(number("waiting", 0));
        situation.unsettledOffline_age_s = number("oldest", 0);
        situation.spent = {number("today", 0), number("month", 0)};
        situation.distance_m = optional("distance");
        if (const auto minute = optional("minute")) {
            situation.minuteOfDay = static_cast<int>(*minute);
        }
        situation.openProposalsOfAgent = static_cast<int>(number("open", 0));
        return situation;
    }

    /// tune=duplicate:refuse,velocity:off
    void tuneRisk()
    {
        base::Json json = base::Json::object();
        for (const QByteArray &one : text("tune", "").split(',')) {
            if (const qsizetype mark = one.indexOf(':'); mark > 0) {
                json[one.left(mark).toStdString()] = {{"action", one.mid(mark + 1).toStdString()}};
            }
        }
        m_risk = riskSettingsFromJson(json).value();
    }

    /// before=10x8000: ten purchases of 80.00, long ago; ago=60: one like this, a minute ago; declined=4of8.
    void makeHistory(const base::Moment &now)
    {
        const auto parts = [this](const char *name, const char *between) {
            const QByteArray value = text(name, "");
            const qsizetype mark = value.indexOf(between);
            if (mark < 0) {
                return std::pair(qlonglong{0}, qlonglong{0});
            }
            return std::pair(value.left(mark).toLongLong(),
                             value.mid(mark + static_cast<qsizetype>(std::strlen(between))).toLongLong());
        };
        if (const auto [count, minor] = parts("before", "x"); minor > 0) {
            for (qint64 i = 0; i < count; ++i) {
                add(payment::State::captured, minor, now, std::chrono::hours(24 * 30));
            }
        }
        if (const auto [declined, all] = parts("declined", "of"); all > 0) {
            for (qint64 i = 0; i < all; ++i) {
                add(i < declined ? payment::State::declined : payment::State::captured, 8000, now,
                    std::chrono::hours(24 * 30));
            }
        }
        for (qint64 i = 0, last = number("bought", 0); i < last; ++i) {
            add(payment::State::queued, 100 + i, now, std::chrono::seconds(number("ago", 60)));
        }
        if (number("same", 0) == 1) {
            add(payment::State::queued, m_proposal.amount.value.minor, now,
                std::chrono::seconds(number("ago", 60)));
        }
    }
    void add(payment::State state, std::int64_t minor, const base::Moment &now, std::chrono::seconds ago)
    {
        payment::Purchase purchase;
        purchase.driver = *payment::DriverId::fromText("mia");
        purchase.agent = *payment::AgentId::fromText("assistant");
        purchase.state = state;
        purchase.proposal = payment::samples::fuel();
        purchase.proposal.amount.value = {minor, m_proposal.amount.value.currency};
        if (text("where", "there") == "there") {
            purchase.merchant = m_merchant;
        } else {
            purchase.merchant = m_merchant;
            purchase.merchant->position = {48'000'000, 11'000'000}; // some 150 km away
            purchase.proposal.merchant = *payment::MerchantId::fromText("elsewhere");
        }
        if (state != payment::State::declined) {
            purchase.approvedAt = now;
            purchase.approvedAt->boot = now.boot - ago;
        }
        m_history.apply(std::nullopt, purchase);
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

    std::optional<qint64> optional(const char *name)
    {
        const QByteArray value = text(name, "");
        return value.isEmpty() ? std::nullopt : std::optional(value.toLongLong());
    }

    void makeKind()
    {
        const QByteArray name = text("kind", "fuel");
        if (name != "none") {
            const auto kinds = payment::samples::shippedKinds();
            m_kind = *kinds.find(*payment::KindId::fromText(name.toStdString()));
            m_kind->offerWhileMoving = number("parkedonly", 0) == 0;
            m_kind->setUpParked = number("setup", 0) == 1;
            m_kind->plausibility.fromMinute = static_cast<int>(number("opens", 0));
            if (number("anyway", 1) == 1) { // the rows try every way of fulfilment with fuel
                m_kind->fulfilments = payment::kFulfilments;
            }
        }
    }
    void makeProposal()
    {
        m_proposal = payment::samples::fuel();
        m_proposal.amount.type =
            *payment::fromName(payment::kAmountTypes, text("type", "up_to").toStdString());
        m_proposal.amount.value = {number("value", 8000),
                                   *base::Currency::fromCode(text("currency", "EUR").toStdString())};
        m_proposal.amount.unit = text("unit", "l").toStdString();
        if (const auto price = optional("price")) {
            m_proposal.amount.unitPrice_minor = *price;
        }
        m_proposal.amount.maxQuantity_milli = optional("quantity");
        m_proposal.utterance = text("said", "").replace('_', ' ').toStdString();
        m_proposal.reason = text("reason", "").replace('_', ' ').toStdString();
        if (const QByteArray label = text("item", ""); !label.isEmpty()) {
            m_proposal.items = {{label.toStdString(), 1, m_proposal.amount.value.minor}};
        }
        const QByteArray place = text("place", "pump");
        m_proposal.place.type = *payment::fromName(payment::kPlaceTypes, place.toStdString());
    }
    void makeMerchant()
    {
        const Fulfilment fulfilment =
            *payment::fromName(payment::kFulfilments, text("terms", "online").toStdString());
        m_merchant = payment::samples::merchant(fulfilment, text("offers", "fuel").constData());
        if (text("merchant", "") == "other") {
            m_merchant.id = *payment::MerchantId::fromText("other");
        }
        m_merchant.validUntil = {payment::samples::moment(kNow_ms).wall.milliseconds +
                                 number("valid", 1'000'000)};
        for (auto &[kind, entry] : m_merchant.kinds) {
            entry.offlineFloor_minor = number("floor", 5000);
        }
    }

    std::map<QByteArray, QByteArray> m_changes;
    std::map<QByteArray, bool> m_used = {{"floor", true},  {"parkedonly", true}, {"setup", true},
                                         {"anyway", true}, {"ago", true},        {"opens", true},
                                         {"where", true}};
    payment::Proposal m_proposal;
    std::optional<payment::Kind> m_kind;
    payment::MerchantEntry m_merchant;
    RiskSettings m_risk;
    History m_history;
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
        QVERIFY(rows.size() >= 150);
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
        QCOMPARE(decided.size(), std::size_t(34) + kRiskRuleCount);
    }

    void times()
    {
        const qint64 now = payment::samples::moment(10'000'000'000).wall.milliseconds;
        const Verdict online = Case("age=100").decide();
        QCOMPARE(online.admitBy.milliseconds, now + 200'000);
        QCOMPARE(online.settleBy.milliseconds, now + 600'000);
        const Verdict accepted = Case("terms=offline_accepted online=0 value=100").decide();
        QCOMPARE(accepted.fulfilment, Fulfilment::offlineAccepted);
        QCOMPARE(accepted.settleBy.milliseconds, now + 86'400'000);
        // Above the floor the merchant waits to hear of it.
        const Verdict above = Case("terms=offline_accepted floor=100 value=101").decide();
        QCOMPARE(above.settleBy.milliseconds, now + 600'000);
        const Verdict deferred = Case("terms=deferred online=0").decide();
        QCOMPARE(deferred.settleBy.milliseconds, now + 1'200'000);
        QCOMPARE(Case("age=4000").decide().admitBy.milliseconds, now);
    }
};

GLOVEBOX_TEST_MAIN(VerdictTest)
#include "verdict_test.moc"
