// SPDX-License-Identifier: Apache-2.0
#include "tests/crash/notary.h"

#include "tests/crash/recording_disk.h"

namespace glovebox::testing
{

namespace
{

/// What an erasure must leave of an earlier state, by what docs/journal.md says and not by looking.
std::string stateAfter(const std::string &before, const journal::Batch &erasure)
{
    base::Json state = base::parseJson(before, {100'000'000, 24}).value();
    base::Json purchases = base::Json::array();
    base::Json requests = base::Json::array();
    for (std::size_t i = 0; i < state["purchases"].size(); ++i) {
        if (state["purchases"][i].value("driver", "") != erasure.erase->text()) {
            purchases.push_back(state["purchases"][i]);
            requests.push_back(state["requests"][i]);
        }
    }
    state["purchases"] = std::move(purchases);
    state["requests"] = std::move(requests);
    for (const auto &[name, value] : erasure.settings) {
        state["settings"][name] = value;
    }
    return base::canonicalJson(state);
}

} // namespace

Acknowledgement acknowledgementOf(journal::Journal &journal, const journal::Batch &batch,
                                  const std::string &before)
{
    RecordingDisk &disk = recordingDisk();
    const auto fault = std::exchange(disk.fault, {});
    const int calls = disk.calls;
    const journal::JournalIdentity identity = journal.identity();
    const auto state = stateOf(journal);
    Acknowledgement acknowledgement{disk.operations.size(),
                                    identity.size,
                                    identity.root,
                                    state         ? *state
                                    : batch.erase ? stateAfter(before, batch)
                                                  : "the journal cannot be read",
                                    {}};
    if (fault.at == 0 && state) {
        acknowledgement.entries = hashOf(entriesOf(journal).value_or(std::vector<std::string>()));
    }
    disk.fault = fault;
    disk.calls = calls;
    return acknowledgement;
}

} // namespace glovebox::testing
