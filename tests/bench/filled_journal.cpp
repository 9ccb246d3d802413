// SPDX-License-Identifier: Apache-2.0
#include "tests/bench/filled_journal.h"

#include "crypto/seal.h"
#include "daemon/approval_maker.h"
#include "daemon/purchase_book.h"
#include "tests/bench/report.h"
#include "tests/support/fake_clock.h"
#include "tests/unit/wire/sample.h"

#include <QCoreApplication>

#include <cstdio>
#include <unistd.h>

namespace glovebox::bench
{
namespace
{

using payment::Event;

constexpr int kUnderWay = 32; // purchases that wait for the journal's thread

/// Ten events; the approval's own two come from where the daemon makes them.
daemon::Change wholeLife(const testing::Sample &sample, const crypto::SigningKey &key,
                         const payment::MerchantEntry &merchant, std::uint64_t number)
{
    payment::Approval approval = sample.approval("a" + std::to_string(number));
    approval.shown.items = {{"assistant", "Assistant suggests"},
                            {"title", "Parking · Gate 2"},
                            {"merchant", "Garage Marktplatz"},
                            {"amount", "€12.00"},
                            {"instrument.label", "Paid with"},
                            {"instrument", "Visa ·· 42"},
                            {"stop.label", "You can stop it"},
                            {"stop", "until sent or you leave"},
                            {"primary", "Pay"},
                            {"secondary", "Not now"}};
    const auto event = [&approval](Event what) {
        payment::PurchaseEvent made;
        made.purchase = approval.purchase;
        made.event = what;
        made.at = approval.at;
        return made;
    };
    const auto shown = [&](const char *nonce) {
        payment::PurchaseEvent made = event(Event::present);
        made.nonce = nonce;
        made.shown = approval.shown;
        return made;
    };
    payment::PurchaseEvent first = event(Event::hold);
    first.proposal = payment::proposalFromJson(approval.proposal.value()).value();
    first.merchant = merchant;
    first.agent = approval.agent;
    first.driver = approval.driver;
    payment::PurchaseEvent paid = event(Event::captured);
    paid.settlement = payment::SettlementFacts{};
    paid.settlement->captured_minor = approval.cap.minor;
    paid.settlement->receipt = std::string(900, 'r'); // as long as a receipt; nobody reads it here
    paid.settlement->captureReceipt = paid.settlement->receipt;

    daemon::Change change = daemon::approvalChange(key, approval);
    auto &events = change.events;
    events.insert(events.begin(),
                  {first, shown("n0"), event(Event::interrupt), shown(approval.nonce.c_str())});
    for (const Event what : {Event::submit, Event::outcomeUnknown, Event::submit}) {
        events.push_back(event(what));
    }
    events.push_back(paid);
    return change;
}

} // namespace

crypto::SigningKey signingKeyIn(const std::filesystem::path &folder)
{
    const std::filesystem::path file = folder / "signing.pem";
    auto key = std::filesystem::exists(file) ? crypto::SigningKey::open("file:" + file.string())
                                             : crypto::SigningKey::createDevelopmentKey(file);
    require(key.has_value(), "a signing key");
    return std::move(*key);
}

crypto::Secret sealingKeyIn(const std::filesystem::path &folder)
{
    const std::filesystem::path file = folder / "sealing.key";
    auto key = std::filesystem::exists(file) ? crypto::readSealingKey(file) : crypto::createSealingKey(file);
    require(key.has_value(), "a sealing key");
    return std::move(*key);
}

void fillJournal(const std::filesystem::path &folder, std::uint64_t entries)
{
    const testing::FakeClock clock;
    const testing::Sample sample;
    const crypto::SigningKey key = signingKeyIn(folder);
    auto journal = journal::Journal::create(
        {folder / "journal.sqlite", key.publicKey().thumbprint(), clock.now()}, sealingKeyIn(folder));
    require(journal.has_value(), "making a journal");
    auto loaded = daemon::PurchaseBook::load(**journal);
    require(loaded.has_value(), "reading a new journal");
    const auto merchant = payment::merchantFromJson(sample.entry("garage-marktplatz", "parking")).value();
    daemon::JournalThread thread(std::move(*journal));
    daemon::PurchaseBook book(thread, std::move(*loaded));
    const std::uint64_t purchases = (entries + kEntriesOfPurchase - 1) / kEntriesOfPurchase;
    std::uint64_t asked = 0, written = 0;
    const bool terminal = isatty(STDERR_FILENO) != 0;
    while (written < purchases) {
        for (; asked < purchases && asked < written + kUnderWay; ++asked) {
            book.take([&, number = asked] { return wholeLife(sample, key, merchant, number); },
                      [&written](const payment::Purchase *purchase) {
                          require(purchase != nullptr && purchase->state == payment::State::captured,
                                  "a purchase in the journal");
                          ++written;
                      });
        }
        QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents);
        if (terminal && written % 1024 == 0) {
            std::fprintf(stderr, "\rfilling: %llu of %llu purchases",
                         static_cast<unsigned long long>(written),
                         static_cast<unsigned long long>(purchases));
        }
    }
    if (terminal) {
        std::fputs("\r\033[K", stderr);
    }
}

} // namespace glovebox::bench
