// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "platform/simulator/scenario/condition.h"
#include "platform/simulator/scenario/failure.h"

#include <QString>

namespace glovebox::simulator
{

/// Removes what an earlier run left in `folder`, so that nothing there is of another story: pictures,
/// timeline.json, purchases.json and the logs. A folder without the logs of a run is nobody's of ours and is
/// left as it is.
[[nodiscard]] std::expected<void, std::string> removeEarlierRun(const QString &folder);

/// What a run leaves behind: NN-name.png, timeline.json, purchases.json. The folder exists.
class Recorder
{
public:
    explicit Recorder(QString folder) : m_folder(std::move(folder)) {}

    /// The path of the next picture.
    [[nodiscard]] QString nextPicture(const std::string &name);
    void note(const Step &step, std::size_t number, std::optional<std::int64_t> boot_ms,
              const base::Json &result);
    [[nodiscard]] std::expected<void, Failure> writeTimeline(const Scenario &scenario,
                                                             const std::optional<Failure> &failure) const;
    /// Every purchase in full (record, approval JWS, receipts), the keys to verify them with, the gateway's
    /// report.
    [[nodiscard]] std::expected<void, Failure> writePurchases(Bench &bench, const PurchaseNames &names) const;

private:
    [[nodiscard]] std::expected<void, Failure> write(const char *name, const base::Json &content) const;

    QString m_folder;
    int m_pictures = 0;
    base::Json m_steps = base::Json::array();
};

} // namespace glovebox::simulator
