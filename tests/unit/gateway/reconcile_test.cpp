// SPDX-License-Identifier: Apache-2.0
// Three books about the same approvals, with each kind of mess put in.
#include "gateway/reconcile.h"
#include "tests/support/fatal_log.h"

#include <QTest>

using namespace glovebox;
using base::Json;

namespace
{

/// Ten captured approvals of 1,000 to 1,009, one that is held and one that was refused, in all three books.
struct Mess
{
    Mess()
    {
        for (int i = 0; i < 10; ++i) {
            add("a" + std::to_string(i), "captured", 1000 + i, 0);
        }
        add("held", "authorised", 0, 8000);
        report["approvals"].push_back(ledgerLine("declined", "refused_by_issuer", 0, 0));
        car["approvals"].push_back(carLine("declined", "refused_by_issuer", 0, 0));
    }
    static Json ledgerLine(const std::string &id, const char *state, int captured, int held)
    {
        return {{"wallet_id", "w-1"},
                {"approval_id", id},
                {"merchant_id", "m"},
                {"state", state},
                {"currency", "EUR"},
                {"holds", 0},
                {"releases", 0},
                {"charges", captured > 0 ? 1 : 0},
                {"captured_minor", captured},
                {"held_minor", held},
                {"cap_minor", 8000}};
    }
    static Json carLine(const std::string &id, const char *state, int captured, int held)
    {
        Json json{{"wallet_id", "w-1"},
                  {"approval_id", id},
                  {"state", state},
                  {"currency", "EUR"},
                  {"cap_minor", 8000}};
        if (captured > 0) {
            json["captured_minor"] = captured;
        }
        if (held > 0) {
            json["authorised_minor"] = held;
        }
        return json;
    }
    static Json payment(const std::string &id, const char *state, int captured, int held)
    {
        return {{"wallet_id", "w-1"}, {"approval_id", id},          {"state", state},
                {"currency", "EUR"},  {"captured_minor", captured}, {"held_minor", held}};
    }
    void add(const std::string &id, const char *state, int captured, int held)
    {
        report["approvals"].push_back(ledgerLine(id, state, captured, held));
        car["approvals"].push_back(carLine(id, state, captured, held));
        processor["payments"].push_back(payment(id, state, captured, held));
    }
    [[nodiscard]] Json compare() const
    {
        gateway::Books books;
        books.ledger = gateway::ledgerBook(report).value();
        books.cars = gateway::carBook(car).value();
        books.processor = gateway::processorBook(processor).value();
        books.wallets = {payment::WalletId::fromText("w-1").value()};
        return gateway::reconcile(books);
    }
    /// CODE APPROVAL, one of each finding.
    [[nodiscard]] std::set<std::string> found() const
    {
        std::set<std::string> all;
        const Json compared = compare();
        for (const Json &finding : compared["findings"]) {
            all.insert(finding["code"].get<std::string>() + " " + finding["approval_id"].get<std::string>());
        }
        return all;
    }

    Json report{{"charges", 10}, {"holds", 1}, {"approvals", Json::array()}};
    Json car{{"v", 1}, {"type", "glovebox-settlements"}, {"approvals", Json::array()}};
    Json processor{{"payments", Json::array()}};
};

} // namespace

class ReconcileTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void booksThatAgreeHaveNoFindings()
    {
        const Json compared = Mess().compare();
        QVERIFY2(compared["ok"].get<bool>(), compared.dump().c_str());
        QCOMPARE(compared["approvals"].get<int>(), 12);
        QCOMPARE(compared["agree"].get<int>(), 12);
        for (const char *whose : {"ledger_minor", "car_minor", "processor_minor"}) {
            QCOMPARE(compared["sums"]["EUR"][whose].get<int>(), 10'045);
        }
    }

    void aMessIsFoundWholeAndNothingElse()
    {
        Mess mess;
        mess.processor["payments"].erase(0);                                            // a0: missing
        mess.processor["payments"].push_back(Mess::payment("b1", "captured", 500, 0));  // extra
        mess.processor["payments"].push_back(Mess::payment("a2", "captured", 1002, 0)); // twice
        mess.processor["payments"][2]["captured_minor"] = 1;                            // a3
        mess.processor["payments"][3]["currency"] = "USD";                              // a4
        mess.car["approvals"].erase(5);                                                 // a5
        mess.car["approvals"][5]["captured_minor"] = 2;                                 // a6
        mess.report["approvals"].erase(7);                 // a7: not in the ledger
        mess.report["approvals"][7]["captured_minor"] = 0; // a8: state and postings differ
        mess.report["approvals"][8]["cap_minor"] = 1000;   // a9: 1,009 of 1,000
        const std::set<std::string> expected{"missing_at_processor a0",
                                             "extra_at_processor b1",
                                             "twice_at_processor a2",
                                             "wrong_amount_at_processor a3",
                                             "wrong_currency_at_processor a4",
                                             "missing_in_car a5",
                                             "wrong_amount_in_car a6",
                                             "missing_in_ledger a7",
                                             "extra_at_processor a7",
                                             "ledger_contradicts_itself a8",
                                             "wrong_amount_in_car a8",
                                             "extra_at_processor a8",
                                             "over_cap a9"};
        const auto found = mess.found();
        for (const std::string &finding : expected) {
            QVERIFY2(found.contains(finding), finding.c_str());
        }
        for (const std::string &finding : found) {
            QVERIFY2(expected.contains(finding), finding.c_str());
        }
        QVERIFY(!mess.compare()["ok"].get<bool>());
    }

    void whatTheCarHasNotHeardYetIsNoFault()
    {
        Mess mess;
        mess.car["approvals"][0]["state"] = "unknown";
        mess.car["approvals"][0].erase("captured_minor");
        const Json compared = mess.compare();
        QVERIFY2(compared["ok"].get<bool>(), compared.dump().c_str());
        QCOMPARE(compared["pending"][0]["approval_id"].get<std::string>(), std::string("a0"));
    }

    void aHoldThatWasNeverLetGoIsFound()
    {
        Mess mess;
        mess.report["approvals"][10]["state"] = "voided"; // "held", and the postings say so
        QVERIFY(mess.found().contains("ledger_contradicts_itself held"));
    }

    void carsWithoutABookAreNotCompared()
    {
        Mess mess;
        gateway::Books books;
        books.ledger = gateway::ledgerBook(mess.report).value();
        QVERIFY(gateway::reconcile(books)["ok"].get<bool>());
        books.wallets = {payment::WalletId::fromText("w-1").value()}; // its book is empty: it lost all
        QCOMPARE(gateway::reconcile(books)["findings"].size(), std::size_t{11});
    }

    void aBookIsReadStrictly()
    {
        Mess mess;
        mess.car["approvals"].push_back(mess.car["approvals"][0]);
        QVERIFY(!gateway::carBook(mess.car));
        mess.processor["payments"][0]["captured_minor"] = -1;
        QVERIFY(!gateway::processorBook(mess.processor));
        QVERIFY(!gateway::processorBook(mess.car));
    }
};

GLOVEBOX_TEST_MAIN(ReconcileTest)
#include "reconcile_test.moc"
