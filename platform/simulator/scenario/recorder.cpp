// SPDX-License-Identifier: Apache-2.0
#include "platform/simulator/scenario/recorder.h"

#include <QDir>
#include <QFile>
#include <QSaveFile>

namespace glovebox::simulator
{

using base::Json;

std::expected<void, std::string> removeEarlierRun(const QString &folder)
{
    const QDir out(folder);
    if (!out.exists(QStringLiteral("logs/gloveboxd.log"))) {
        return {};
    }
    QStringList files = out.entryList({QStringLiteral("[0-9][0-9]-*.png"), QStringLiteral("timeline.json"),
                                       QStringLiteral("purchases.json")},
                                      QDir::Files);
    for (const QString &log :
         QDir(out.filePath(QStringLiteral("logs"))).entryList({QStringLiteral("*.log")}, QDir::Files)) {
        files.append(QStringLiteral("logs/") + log);
    }
    for (const QString &file : files) {
        QFile old(out.filePath(file));
        if (!old.remove()) {
            return std::unexpected("cannot remove " + old.fileName().toStdString() +
                                   " of an earlier run: " + old.errorString().toStdString());
        }
    }
    return {};
}

QString Recorder::nextPicture(const std::string &name)
{
    return QStringLiteral("%1/%2-%3.png")
        .arg(m_folder)
        .arg(++m_pictures, 2, 10, QLatin1Char('0'))
        .arg(QString::fromStdString(name));
}

void Recorder::note(const Step &step, std::size_t number, std::optional<std::int64_t> boot_ms,
                    const Json &result)
{
    Json entry = {{"step", number}, {"do", step.what}, {"boot_ms", boot_ms ? Json(*boot_ms) : Json()}};
    if (!step.note.empty()) {
        entry["note"] = step.note;
    }
    if (!result.empty()) {
        entry["result"] = result;
    }
    m_steps.push_back(std::move(entry));
}

std::expected<void, Failure> Recorder::writeTimeline(const Scenario &scenario,
                                                     const std::optional<Failure> &failure) const
{
    Json timeline = {
        {"title", scenario.title}, {"outcome", failure ? "failed" : "passed"}, {"steps", m_steps}};
    if (failure) {
        timeline["failure"] = failure->sentence;
    }
    return write("timeline.json", timeline);
}

std::expected<void, Failure> Recorder::writePurchases(Bench &bench, const PurchaseNames &names) const
{
    Json purchases = Json::array();
    for (const auto &[name, id] : names) {
        auto record = bench.books().purchase(id);
        if (!record) {
            return std::unexpected("purchase " + name + ": " + record.error());
        }
        purchases.push_back({{"name", name}, {"purchase", std::move(*record)}});
    }
    const auto report = bench.gatewayReport();
    if (!report) {
        return std::unexpected(report.error());
    }
    Json keys = Json::object();
    for (const auto &[role, file] :
         {std::pair("wallet", "signing.pem"), std::pair("gateway", "gateway.pem")}) {
        const auto key = openKey(bench.folder(), file);
        if (!key) {
            return std::unexpected(key.error());
        }
        keys[role] = key->publicKey().jwk();
    }
    return write("purchases.json", {{"purchases", purchases}, {"gateway", *report}, {"keys", keys}});
}

std::expected<void, Failure> Recorder::write(const char *name, const Json &content) const
{
    QSaveFile file(m_folder + u'/' + QLatin1String(name));
    const QByteArray text = QByteArray::fromStdString(content.dump(2) + '\n');
    // commit() alone does not notice that what it still held in memory found no room.
    if (!file.open(QIODevice::WriteOnly) || file.write(text) != text.size() || !file.flush() ||
        !file.commit()) {
        return std::unexpected(Failure(
            "cannot write " + file.fileName().toStdString() + ": " + file.errorString().toStdString(), true));
    }
    return {};
}

} // namespace glovebox::simulator
