// SPDX-License-Identifier: Apache-2.0
#include "tests/crash/workload.h"

#include "crypto/hash.h"
#include "daemon/approval_maker.h"
#include "daemon/log_checkpoints.h"
#include "tests/crash/notary.h"

#include <QCoreApplication>

#include <limits>

namespace glovebox::testing
{

namespace
{

using journal::EntryKind;
using journal::JournalResult;
using payment::Event;

constexpr std::size_t kLongEntry_bytes = 500'000;
constexpr const char *kSettings[] = {"directory", "events.cursor", "pin.failures"};

base::Json jsonOf(const std::vector<payment::Purchase> &purchases)
{
    base::Json list = base::Json::array();
    for (const payment::Purchase &purchase : purchases) {
        list.push_back(payment::toCanonical(purchase).value());
    }
    return list;
}

/// Of the purchases' requests, of the outbox and the settings.
JournalResult<base::Json> besides(journal::Journal &journal, const std::vector<payment::Purchase> &purchases)
{
    base::Json requests = base::Json::array();
    for (const payment::Purchase &purchase : purchases) {
        const auto found = journal.purchaseOfRequest(purchase.agent, purchase.proposal.requestId);
        if (!found) {
            return std::unexpected(found.error());
        }
        requests.push_back(*found ? (*found)->text() : "none");
    }
    const auto outbox = journal.outbox();
    if (!outbox) {
        return std::unexpected(outbox.error());
    }
    base::Json rows = base::Json::array();
    for (const journal::OutboxRow &row : *outbox) {
        rows.push_back({row.purchase.text(), row.approval.text(), row.attempts, row.notBeforeWall_ms});
    }
    base::Json settings;
    for (const char *name : kSettings) {
        const auto setting = journal.setting(name);
        if (!setting) {
            return std::unexpected(setting.error());
        }
        settings[name] = setting->value_or("none");
    }
    return base::Json{{"requests", requests}, {"outbox", rows}, {"settings", settings}};
}

} // namespace

JournalResult<std::string> stateOf(journal::Journal &journal)
{
    const auto purchases = journal.purchases(std::numeric_limits<int>::max());
    const auto unfinished = purchases ? journal.unfinished() : purchases;
    if (!unfinished) {
        return std::unexpected(unfinished.error());
    }
    auto state = besides(journal, *purchases);
    if (!state) {
        return std::unexpected(state.error());
    }
    (*state)["purchases"] = jsonOf(*purchases);
    (*state)["unfinished"] = jsonOf(*unfinished);
    return base::canonicalJson(*state);
}

JournalResult<std::vector<std::string>> entriesOf(journal::Journal &journal)
{
    const auto entries = journal.entries(0, std::numeric_limits<int>::max());
    if (!entries) {
        return std::unexpected(entries.error());
    }
    std::vector<std::string> texts;
    for (const journal::EntryRecord &entry : *entries) {
        texts.push_back(std::to_string(static_cast<int>(entry.kind)) + ' ' +
                        (entry.payload ? base::canonicalJson(*entry.payload) : "erased"));
    }
    return texts;
}

std::string hashOf(const std::vector<std::string> &entries)
{
    base::Json list = base::Json::array();
    for (const std::string &entry : entries) {
        list.push_back(entry);
    }
    return crypto::hashJson(list);
}

journal::Journal::Options Owner::options(const QString &folder) const
{
    base::Moment now;
    now.bootId = "0b0e7f5e-0000-4000-8000-000000000000";
    now.wall.milliseconds = Sample::now_ms;
    return {.path = (folder + QStringLiteral("/journal.sqlite")).toStdString(),
            .keyThumbprint = sample.car.publicKey().thumbprint(),
            .now = now};
}

struct Workload::Book
{
    Book(std::unique_ptr<journal::Journal> journal, daemon::PurchaseBook::Loaded loaded,
         std::vector<Acknowledgement> &acknowledged)
        : thread(std::make_unique<Notary>(std::move(journal), acknowledged)), book(thread, std::move(loaded))
    {
        book.onUnknownOutcome = [this](const std::string &) { stopped = true; };
    }
    daemon::JournalThread thread;
    daemon::PurchaseBook book;
    bool stopped = false;
};

Workload::Workload(const Owner &owner, QString folder, int longEntries)
    : m_owner(owner), m_folder(std::move(folder)), m_longEntries(longEntries)
{}

bool Workload::make()
{
    const auto made = journal::Journal::create(m_owner.options(m_folder), m_owner.sealingKey);
    if (!made) {
        m_refusal = made.error().detail;
        return false;
    }
    m_acknowledged.push_back(acknowledgementOf(**made));
    return true;
}

bool Workload::run()
{
    if (!make()) {
        return false;
    }
    for (int life = 0; life < kLives; ++life) {
        if (!runOnce(life)) {
            return false;
        }
    }
    return true;
}

bool Workload::runOnce(int life)
{
    auto opened = journal::Journal::open(m_owner.options(m_folder), m_owner.sealingKey);
    if (!opened) {
        m_refusal = opened.error().detail;
        return false;
    }
    auto loaded = daemon::PurchaseBook::load(**opened);
    if (!loaded) {
        m_refusal = loaded.error().detail;
        return false;
    }
    Book book(std::move(*opened), std::move(*loaded), m_acknowledged);
    if (life == 0) {
        return note(book, EntryKind::boot, "", {{"type", "boot"}}) &&
               note(book, EntryKind::directory, "", {{"type", "directory"}},
                    {{"directory", "signed"}, {"events.cursor", "1"}}) &&
               note(book, EntryKind::session, "mia", {{"type", "session_opened"}}) &&
               note(book, EntryKind::wrongPin, "mia", {{"type", "wrong_pin"}}, {{"pin.failures", "1"}}) &&
               purchase(book, "a1", "mia",
                        {Event::present, Event::approve, Event::submit, Event::captured}) &&
               purchase(book, "a2", "mia",
                        {Event::hold, Event::present, Event::interrupt, Event::present, Event::decline,
                         Event::resume, Event::approve, Event::cancel}) &&
               purchase(book, "a3", "noah", {Event::refuse}) &&
               note(book, EntryKind::session, "ada", {{"type", "session_opened"}}) &&
               purchase(book, "a7", "ada",
                        {Event::present, Event::approve, Event::submit, Event::captured}) &&
               checkpoints(book);
    }
    for (int i = 0; i < m_longEntries; ++i) {
        if (!note(book, EntryKind::session, "mia", {{"text", std::string(kLongEntry_bytes, 'x')}})) {
            return false;
        }
    }
    return note(book, EntryKind::boot, "", {{"type", "boot"}}) &&
           note(book, EntryKind::permission, "mia", {{"type", "permission"}}) &&
           purchase(book, "a4", "noah",
                    {Event::present, Event::approve, Event::submit, Event::outcomeUnknown,
                     Event::queryFoundNothing, Event::authorised, Event::requestCancel, Event::voided}) &&
           purchase(book, "a5", "mia", {Event::present, Event::withdraw}) &&
           event(book, "a1", "mia", Event::refund, false) &&
           note(book, EntryKind::keyRotation, "", {{"type", "key_rotation"}}) &&
           note(book, EntryKind::erasure, "", {{"type", "erasure"}}, {{"events.cursor", "2"}}, "ada") &&
           purchase(book, "a6", "mia", {Event::present, Event::approve});
}

bool Workload::perform(const std::function<void(Book &, std::function<void(bool)>)> &step, Book &book)
{
    // A step of which it is certain that it left nothing may be asked for once more, as the driver would.
    for (int attempt = 0; attempt < 2; ++attempt) {
        std::optional<bool> answer;
        step(book, [&answer](bool done) { answer = done; });
        while (!answer && !book.stopped) {
            QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents);
        }
        if (!answer) {
            m_stopped = true;
            return false;
        }
        if (*answer) {
            return true;
        }
        ++m_refusals;
    }
    return false;
}

bool Workload::note(Book &book, EntryKind kind, const char *driver, base::Json payload,
                    std::vector<std::pair<std::string, std::string>> settings, const char *erased)
{
    daemon::Note note{kind, payment::DriverId::fromText(driver).value_or(payment::DriverId()),
                      std::move(payload), std::move(settings)};
    if (erased != nullptr) {
        note.erase = payment::DriverId::fromText(erased).value();
    }
    return perform([&note](Book &at, std::function<void(bool)> done) { at.book.note(note, std::move(done)); },
                   book);
}

bool Workload::checkpoints(Book &book)
{
    daemon::LogCheckpoints log(book.book, m_owner.sample.car, false);
    std::string note;
    const bool isSigned = perform(
        [&](Book &, const std::function<void(bool)> &done) {
            log.sign([&note, done](const std::optional<std::string> &made) {
                note = made.value_or(std::string());
                done(made.has_value());
            });
        },
        book);
    if (!isSigned) {
        return false;
    }
    note += m_owner.witness.cosign(crypto::parseNote(note)->text, Sample::now_ms / 1000).value();
    daemon::Note end{EntryKind::shutdown, {}, {}, {}};
    end.compose = log.withCheckpoint({{"type", "shutdown"}});
    return perform([&](Book &, std::function<void(bool)> done) { log.keep(note, std::move(done)); }, book) &&
           perform([&](Book &at, std::function<void(bool)> done) { at.book.note(end, std::move(done)); },
                   book);
}

bool Workload::purchase(Book &book, const std::string &id, const char *driver,
                        const std::vector<Event> &events)
{
    bool first = true;
    for (const Event kind : events) {
        if (!event(book, id, driver, kind, std::exchange(first, false))) {
            return false;
        }
    }
    return true;
}

bool Workload::event(Book &book, const std::string &id, const char *driver, Event event, bool first)
{
    return perform(
        [&](Book &at, const std::function<void(bool)> &done) {
            at.book.take([&] { return changeOf(id, driver, event, first); },
                         [done](const payment::Purchase *purchase) { done(purchase != nullptr); });
        },
        book);
}

daemon::Change Workload::changeOf(const std::string &id, const char *driver, Event event, bool first) const
{
    const payment::Approval approval = m_owner.sample.approval(id);
    if (event == Event::approve) {
        return daemon::approvalChange(m_owner.sample.car, approval);
    }
    payment::PurchaseEvent change;
    change.purchase = approval.purchase;
    change.event = event;
    change.at = approval.at;
    change.driver = payment::DriverId::fromText(driver).value();
    if (first) {
        change.proposal = payment::proposalFromJson(approval.proposal.value()).value();
        change.merchant =
            payment::merchantFromJson(m_owner.sample.entry("garage-marktplatz", "parking")).value();
        change.agent = approval.agent;
    }
    if (event == Event::present || event == Event::resume) {
        change.nonce = "n-" + id;
        change.shown = approval.shown;
    }
    if (event == Event::captured) {
        change.settlement = payment::SettlementFacts{};
        change.settlement->captured_minor = approval.cap.minor;
        change.settlement->receipt = "receipt";
        change.settlement->captureReceipt = "receipt";
    }
    return {{change}, {}, {}};
}

} // namespace glovebox::testing
