// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "settlement/settlement.h"

#include <deque>

namespace glovebox::settlement
{

enum class Recorded { all, nothing, failed };

/// Puts settlement's records one behind the other: answers, events and alarms meet here, and each decides on
/// what the Book says when its turn has come.
class Recorder
{
public:
    /// What to record, in this order, given the purchase as it is now. `purchase` and `at` are filled in.
    using Plan = std::function<std::vector<payment::PurchaseEvent>(const payment::Purchase &)>;
    using Done = std::function<void(Recorded)>;

    Recorder(Book &book, ports::Clock &clock);
    /// `done` runs from the Book's callback, or at once where there is nothing to record.
    void add(const payment::ApprovalId &id, Plan plan, Done done);

private:
    struct Task
    {
        payment::ApprovalId id;
        Plan plan;
        Done done;
    };
    void next();
    void recordRest(std::deque<payment::PurchaseEvent> rest);
    void finish(Recorded result);

    Book &m_book;
    ports::Clock &m_clock;
    std::deque<Task> m_tasks;
    bool m_busy = false;
    std::shared_ptr<bool> m_alive = std::make_shared<bool>(true);
};

} // namespace glovebox::settlement
