// SPDX-License-Identifier: Apache-2.0
#include "crypto/hash.h"
#include "tests/support/fatal_log.h"
#include "tests/unit/wire/sample.h"

#include <QTest>

using namespace glovebox;
using wire::Outcome;
using wire::WireFault;

class MessagesTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void receiptsComeBackAsTheyWere_data();
    void receiptsComeBackAsTheyWere();
    void forgedOrMisshapenReceiptsAreRefused();
    void receiptsAboutSomethingElseAreRefused();
    void directoriesAndTheirEntriesAreBothVerified();
    void eventsAndTheirReceiptsAreBothVerified();
    void timeAnswersTheNonce();
    void refusalsAreAboutThisApproval();
    void unsignedAnswersAreAnOutage();

private:
    [[nodiscard]] std::span<const crypto::PublicKey> keys() const
    {
        return {&m_sample.gateway.publicKey(), 1};
    }
    [[nodiscard]] std::string sign(const crypto::SigningKey &key, std::string_view type,
                                   const base::Json &json) const
    {
        return wire::signPayload(key, type, json).value();
    }
    testing::Sample m_sample;
    payment::Approval m_approval = m_sample.approval("a1");
    std::string m_jws = m_sample.signApproval(m_approval);
};

void MessagesTest::receiptsComeBackAsTheyWere_data()
{
    QTest::addColumn<int>("outcome");
    for (int outcome = 0; outcome <= static_cast<int>(Outcome::neverAcceptedNowRefused); ++outcome) {
        QTest::newRow(std::string(wire::nameOf(static_cast<Outcome>(outcome))).c_str()) << outcome;
    }
}

void MessagesTest::receiptsComeBackAsTheyWere()
{
    QFETCH(int, outcome);
    wire::Receipt receipt = m_sample.receipt(m_approval, m_jws, static_cast<Outcome>(outcome), 7);
    receipt.declineCode = "do_not_honour";
    receipt.pickupCode = "42";
    const auto read = wire::readReceipt(m_sample.signReceipt(receipt), keys());
    QVERIFY(read.has_value());
    QVERIFY(wire::toJson(*read) == wire::toJson(receipt));
    QVERIFY(!wire::checkAgainst(*read, m_approval, m_jws).has_value());
    QCOMPARE(wire::CarChannel::revisionOf(read->jws), 7);
}

void MessagesTest::forgedOrMisshapenReceiptsAreRefused()
{
    const base::Json good = wire::toJson(m_sample.receipt(m_approval, m_jws, Outcome::captured, 1));
    const auto fault = [this](const crypto::SigningKey &key, std::string_view type, const base::Json &json) {
        const auto read = wire::readReceipt(sign(key, type, json), keys());
        return read ? std::optional<WireFault>() : std::optional(read.error().code);
    };
    QVERIFY(!fault(m_sample.gateway, wire::kReceiptType, good).has_value());
    QVERIFY(fault(m_sample.stranger, wire::kReceiptType, good) == WireFault::signature);
    QVERIFY(fault(m_sample.gateway, wire::kRefusalType, good) == WireFault::signature);
    const std::vector<std::pair<const char *, base::Json>> changes{
        {"v", 2},           {"outcome", "paid"},      {"captured_minor", -1},   {"captured_minor", "12"},
        {"currency", "EU"}, {"approval_hash", "abc"}, {"approval_id", "../a1"}, {"unknown", 1},
        {"revision", 1.5},  {"approval_hash", ""},    {"refunded_minor", 1201}, {"at_ms", -1}};
    for (const auto &[name, value] : changes) {
        base::Json bad = good;
        bad[name] = value;
        QVERIFY2(fault(m_sample.gateway, wire::kReceiptType, bad) == WireFault::malformed, name);
    }
    for (const auto &[name, value] : good.items()) {
        base::Json bad = good;
        bad.erase(name);
        QVERIFY2(fault(m_sample.gateway, wire::kReceiptType, bad) == WireFault::malformed, name.c_str());
    }
}

void MessagesTest::receiptsAboutSomethingElseAreRefused()
{
    const wire::Receipt good = m_sample.receipt(m_approval, m_jws, Outcome::captured, 1);
    const auto check = [this, &good](const std::function<void(wire::Receipt &)> &change) {
        wire::Receipt receipt = good;
        change(receipt);
        return wire::checkAgainst(receipt, m_approval, m_jws);
    };
    QVERIFY(!check([](wire::Receipt &) {}).has_value());
    QVERIFY(check([](auto &r) { r.gateway = "other"; }) == WireFault::otherGateway);
    QVERIFY(check([](auto &r) { r.wallet = payment::WalletId::fromText("w-2").value(); }) ==
            WireFault::otherWallet);
    QVERIFY(check([](auto &r) { r.approval = payment::ApprovalId::fromText("a2").value(); }) ==
            WireFault::otherApproval);
    QVERIFY(check([](auto &r) { r.approvalHash = wire::hashOfJws("x"); }) == WireFault::otherApproval);
    QVERIFY(check([](auto &r) { r.currency = "USD"; }) == WireFault::otherApproval);
    QVERIFY(check([](auto &r) { r.merchant = payment::MerchantId::fromText("m2").value(); }) ==
            WireFault::otherApproval);
    QVERIFY(check([](auto &r) { r.captured_minor = 1201; }) == WireFault::overCap);
    QVERIFY(check([](auto &r) { r.authorised_minor = 1201; }) == WireFault::overCap);
}

void MessagesTest::directoriesAndTheirEntriesAreBothVerified()
{
    const base::Json entry = m_sample.entry("garage-marktplatz", "parking");
    const auto directory = [&](const crypto::SigningKey &outer, const crypto::SigningKey &inner, int copies) {
        const std::vector<std::string> entries(static_cast<std::size_t>(copies),
                                               sign(inner, wire::kMerchantType, entry));
        return wire::readDirectory(
            sign(outer, wire::kDirectoryType, wire::directoryPayload("sandbox", 3, {1000}, entries)), keys());
    };
    const auto read = directory(m_sample.gateway, m_sample.gateway, 1);
    QVERIFY(read.has_value());
    QCOMPARE(read->entries.size(), 1U);
    QCOMPARE(crypto::hashJson(read->entries.front().canonical), crypto::hashJson(entry));
    QVERIFY(directory(m_sample.stranger, m_sample.gateway, 1).error().code == WireFault::signature);
    QVERIFY(directory(m_sample.gateway, m_sample.stranger, 1).error().code == WireFault::signature);
    QVERIFY(directory(m_sample.gateway, m_sample.gateway, 2).error().code == WireFault::malformed);
}

void MessagesTest::eventsAndTheirReceiptsAreBothVerified()
{
    const auto channel = m_sample.channel();
    const std::string receipt =
        m_sample.signReceipt(m_sample.receipt(m_approval, m_jws, Outcome::captured, 2));
    const auto read = [&](const std::string &wallet, std::int64_t after, std::int64_t cursor,
                          const std::string &inner, const std::string &gateway = "sandbox") {
        const auto payload =
            wire::eventsPayload(gateway, payment::WalletId::fromText(wallet).value(), after, cursor, {inner});
        const base::Json body{{"events", sign(m_sample.gateway, wire::kEventsType, payload)}};
        const auto events = channel.readEventsAnswer(body.dump(), 4);
        return events ? std::optional<WireFault>() : std::optional(events.error().code);
    };
    QVERIFY(!read("w-1", 4, 5, receipt).has_value());
    QVERIFY(read("w-2", 4, 5, receipt) == WireFault::otherWallet);
    QVERIFY(read("w-1", 3, 5, receipt) == WireFault::older);
    QVERIFY(read("w-1", 4, 4, receipt) == WireFault::malformed);
    QVERIFY(read("w-1", 4, 5, receipt, "other") == WireFault::otherGateway);
    const auto forged = sign(m_sample.stranger, wire::kReceiptType,
                             wire::toJson(m_sample.receipt(m_approval, m_jws, Outcome::captured, 2)));
    QVERIFY(read("w-1", 4, 5, forged) == WireFault::signature);
}

void MessagesTest::timeAnswersTheNonce()
{
    const auto channel = m_sample.channel();
    const auto read = [&](const crypto::SigningKey &key, const char *gateway, const char *nonce) {
        const base::Json body{{"time", sign(key, wire::kTimeType, wire::timePayload(gateway, nonce, {77}))}};
        const auto time = channel.readTimeAnswer(body.dump(), "n1");
        return time ? std::optional<WireFault>() : std::optional(time.error().code);
    };
    QVERIFY(!read(m_sample.gateway, "sandbox", "n1").has_value());
    QVERIFY(read(m_sample.gateway, "sandbox", "n2") == WireFault::older);
    QVERIFY(read(m_sample.gateway, "other", "n1") == WireFault::otherGateway);
    QVERIFY(read(m_sample.stranger, "sandbox", "n1") == WireFault::signature);
}

void MessagesTest::refusalsAreAboutThisApproval()
{
    using Kind = wire::ApprovalAnswer::Kind;
    const auto channel = m_sample.channel();
    wire::Refusal refusal{"sandbox", m_approval.wallet, m_approval.id, wire::hashOfJws(m_jws), "constraint",
                          {1}};
    const auto kind = [&](const crypto::SigningKey &key) {
        const base::Json body{{"error", "constraint"},
                              {"refusal", sign(key, wire::kRefusalType, wire::toJson(refusal))}};
        return channel.readAnswer(422, body.dump(), m_jws).kind;
    };
    QVERIFY(kind(m_sample.gateway) == Kind::refusal);
    QVERIFY(kind(m_sample.stranger) == Kind::unverifiable);
    refusal.approvalHash = wire::hashOfJws("another");
    QVERIFY(kind(m_sample.gateway) == Kind::unverifiable);
}

void MessagesTest::unsignedAnswersAreAnOutage()
{
    using Kind = wire::ApprovalAnswer::Kind;
    const auto channel = m_sample.channel();
    QVERIFY(channel.readAnswer(422, R"({"error":"constraint","detail":"no"})", m_jws).kind ==
            Kind::unavailable);
    QVERIFY(channel.readAnswer(302, "", m_jws).kind == Kind::unavailable);
    QVERIFY(channel.readAnswer(200, "", m_jws).kind == Kind::unverifiable);
    QVERIFY(channel.readAnswer(200, R"({"receipt":"a.b.c"})", m_jws).kind == Kind::unverifiable);
}

GLOVEBOX_TEST_MAIN(MessagesTest)
#include "messages_test.moc"
