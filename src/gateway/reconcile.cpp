// SPDX-License-Identifier: Apache-2.0
#include "gateway/reconcile.h"

#include <array>

namespace glovebox::gateway
{

namespace
{

using base::Json;

// States of a car's purchase that a receipt it has not fetched yet may still change.
constexpr std::array kWaiting{"approved",         "queued",    "submitted",   "authorised",
                              "cancel_requested", "too_late",  "unknown",     "step_up_required",
                              "quarantined",      "cancelled", "handed_over", "lapsed"};

bool mayHearLater(const std::string &state)
{
    for (const char *name : kWaiting) {
        if (state == name) {
            return true;
        }
    }
    return false;
}

Json lineJson(const BookLine &line)
{
    Json json{{"state", line.state},
              {"currency", line.currency},
              {"captured_minor", line.captured_minor},
              {"held_minor", line.held_minor}};
    if (line.times > 1) {
        json["times"] = line.times;
    }
    return json;
}

const BookLine *lineIn(const Book &book, const BookKey &key)
{
    const auto found = book.find(key);
    return found == book.end() ? nullptr : &found->second;
}

bool moved(const BookLine *line)
{
    return line != nullptr && (line->captured_minor != 0 || line->held_minor != 0);
}

class Comparison
{
public:
    explicit Comparison(const Books &books) : m_books(books) {}

    Json run()
    {
        std::set<BookKey> keys;
        for (const Book *book : {&m_books.ledger, &m_books.cars}) {
            for (const auto &[key, line] : *book) {
                keys.insert(key);
            }
        }
        if (m_books.processor) {
            for (const auto &[key, line] : *m_books.processor) {
                keys.insert(key);
            }
        }
        std::int64_t agree = 0;
        for (const BookKey &key : keys) {
            const std::size_t before = m_findings.size();
            compare(key);
            agree += m_findings.size() == before ? 1 : 0;
        }
        return {{"v", 1},         {"ok", m_findings.empty()}, {"approvals", keys.size()}, {"agree", agree},
                {"sums", sums()}, {"findings", m_findings},   {"pending", m_pending}};
    }

private:
    void compare(const BookKey &key)
    {
        const BookLine *ledger = lineIn(m_books.ledger, key);
        if (ledger != nullptr) {
            checkItself(key, *ledger);
        }
        if (m_books.wallets.contains(key.first)) {
            compareCar(key, ledger, lineIn(m_books.cars, key));
        }
        if (m_books.processor) {
            compareProcessor(key, ledger, lineIn(*m_books.processor, key));
        }
    }

    /// Whether what a row says follows from its postings.
    void checkItself(const BookKey &key, const BookLine &line)
    {
        const bool captured = line.state == "captured";
        const bool held = line.state == "authorised";
        if (captured != (line.captured_minor > 0) || held != (line.held_minor > 0) || line.times > 1) {
            add("ledger_contradicts_itself", key);
        } else if (line.captured_minor + line.held_minor > line.cap_minor) {
            add("over_cap", key);
        }
    }

    void compareCar(const BookKey &key, const BookLine *ledger, const BookLine *car)
    {
        if (car == nullptr) {
            // It was voided before it came, or refused without being read: nothing to know in the car.
            if (moved(ledger)) {
                add("missing_in_car", key);
            }
            return;
        }
        const std::int64_t captured_minor = ledger == nullptr ? 0 : ledger->captured_minor;
        if (ledger == nullptr && car->captured_minor != 0) {
            add("missing_in_ledger", key);
        } else if (ledger != nullptr && !ledger->currency.empty() && ledger->currency != car->currency) {
            add("wrong_currency_in_car", key);
        } else if (car->captured_minor != captured_minor) {
            const bool later = car->captured_minor == 0 && mayHearLater(car->state);
            later ? wait(key) : add("wrong_amount_in_car", key);
        }
    }

    void compareProcessor(const BookKey &key, const BookLine *ledger, const BookLine *processor)
    {
        if (processor != nullptr && processor->times > 1) {
            add("twice_at_processor", key);
        } else if (moved(ledger) && !moved(processor)) {
            add("missing_at_processor", key);
        } else if (!moved(ledger) && moved(processor)) {
            // A claim that is open is asked about again: the ledger will know.
            ledger != nullptr && ledger->state == "claimed" ? wait(key) : add("extra_at_processor", key);
        } else if (moved(ledger) && ledger->currency != processor->currency) {
            add("wrong_currency_at_processor", key);
        } else if (moved(ledger) && (ledger->captured_minor != processor->captured_minor ||
                                     ledger->held_minor != processor->held_minor)) {
            add("wrong_amount_at_processor", key);
        }
    }

    [[nodiscard]] Json entry(const BookKey &key) const
    {
        Json json{{"wallet_id", key.first.text()}, {"approval_id", key.second.text()}};
        const Book none;
        for (const auto &[name, book] :
             {std::pair("ledger", &m_books.ledger), std::pair("car", &m_books.cars),
              std::pair("processor", m_books.processor ? &*m_books.processor : &none)}) {
            if (const BookLine *line = lineIn(*book, key)) {
                json[name] = lineJson(*line);
            }
        }
        return json;
    }
    void add(const char *code, const BookKey &key)
    {
        Json json = entry(key);
        json["code"] = code;
        m_findings.push_back(std::move(json));
    }
    void wait(const BookKey &key) { m_pending.push_back(entry(key)); }

    [[nodiscard]] Json sums() const
    {
        Json json = Json::object();
        const auto addBook = [&json](const char *name, const Book &book) {
            for (const auto &[key, line] : book) {
                if (!line.currency.empty()) {
                    Json &sum = json[line.currency][name];
                    sum = (sum.is_null() ? 0 : sum.get<std::int64_t>()) + line.captured_minor * line.times;
                }
            }
        };
        addBook("ledger_minor", m_books.ledger);
        addBook("car_minor", m_books.cars);
        if (m_books.processor) {
            addBook("processor_minor", *m_books.processor);
        }
        return json;
    }

    const Books &m_books;
    Json m_findings = Json::array();
    Json m_pending = Json::array();
};

} // namespace

base::Json reconcile(const Books &books)
{
    return Comparison(books).run();
}

} // namespace glovebox::gateway
