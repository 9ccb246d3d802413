// SPDX-License-Identifier: Apache-2.0
#include "journal/rollback.h"

#include <array>

namespace glovebox::journal
{

namespace
{

constexpr const char *kSetting = "counter.rollback";
constexpr std::array kReasons = {Rollback::Reason::counter, Rollback::Reason::cutOff,
                                 Rollback::Reason::forked};

} // namespace

std::string_view nameOf(Rollback::Reason reason)
{
    switch (reason) {
    case Rollback::Reason::counter:
        return "journal_rolled_back";
    case Rollback::Reason::cutOff:
        return "journal_cut_off";
    case Rollback::Reason::forked:
        return "journal_forked";
    }
    return "journal_rolled_back";
}

base::Json toJson(const Rollback &rollback)
{
    base::Json json{{"reason", std::string(nameOf(rollback.reason))},
                    {"first_bad_sequence", rollback.firstBadSequence}};
    if (rollback.reason == Rollback::Reason::counter) {
        json["sealed"] = rollback.sealed;
        json["counter"] = rollback.counter;
    } else {
        json["entries"] = rollback.entries;
        json["cosigned"] = rollback.cosigned;
    }
    return json;
}

std::pair<std::string, std::string> settingOf(const Rollback &rollback)
{
    return {kSetting, toJson(rollback).dump()};
}

JournalResult<std::optional<Rollback>> readRollback(Journal &journal)
{
    const auto setting = journal.setting(kSetting);
    if (!setting) {
        return std::unexpected(setting.error());
    }
    const std::optional<std::string> &text = *setting;
    if (!text) {
        return std::nullopt;
    }
    const auto json = base::parseJson(*text);
    if (!json || !json->is_object()) {
        return base::fail(JournalFault::corrupt, std::string("its setting ") + kSetting + " is unreadable");
    }
    // Whatever it lacks, that it is there stops the car. One without a reason is of an earlier version.
    const auto number = [&json](const char *name) {
        const auto found = json->find(name);
        return found != json->end() && found->is_number_unsigned() ? found->get<std::uint64_t>() : 0;
    };
    Rollback rollback;
    for (const Rollback::Reason reason : kReasons) {
        if (json->value("reason", base::Json()) == std::string(nameOf(reason))) {
            rollback.reason = reason;
        }
    }
    rollback.firstBadSequence = number("first_bad_sequence");
    rollback.sealed = number("sealed");
    rollback.counter = number("counter");
    rollback.entries = number("entries");
    rollback.cosigned = number("cosigned");
    return rollback;
}

} // namespace glovebox::journal
