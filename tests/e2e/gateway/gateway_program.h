// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tests/unit/wire/sample.h"

#include <QProcess>

#include <fstream>
#include <functional>

namespace glovebox::testing
{

/// The program itself in a folder of its own, with everything that it needs but a ledger.
class GatewayProgram
{
public:
    struct Ended
    {
        int code = -1;
        QByteArray out;
        QByteArray sentence;
    };

    [[nodiscard]] bool prepare() const
    {
        return QProcess::execute(QStringLiteral(GLOVEBOX_SOURCE_DIR "/scripts/make-test-ca"),
                                 {sample.dir.filePath(QStringLiteral("tls"))}) == 0;
    }

    [[nodiscard]] std::string path(const char *name) const { return sample.path(name); }

    [[nodiscard]] base::Json config() const
    {
        return {{"id", "sandbox"},
                {"listen", {{"host", "127.0.0.1"}, {"port", 0}}},
                {"tls", {{"certificate", path("tls/server.pem")}, {"key", path("tls/server.key")}}},
                {"signing_key", "file:" + path("gateway.pem")},
                {"database", path("gateway.sqlite")},
                {"wallets", base::Json::array({{{"id", "w-1"},
                                                {"keys", base::Json::array({sample.car.publicKey().jwk()})},
                                                {"instruments", base::Json::array({"tok_demo"})}}})},
                {"merchants_file", GLOVEBOX_SOURCE_DIR "/resources/sandbox/merchants.json"},
                {"merchant_keys", {{"tankhof-koenigstrasse", sample.merchant.publicKey().jwk()}}}};
    }

    void writeConfig(const base::Json &config, const char *name = "gateway.json") const
    {
        std::ofstream(path(name)) << config.dump();
    }

    [[nodiscard]] QStringList arguments(const QStringList &more = {}, const char *name = "gateway.json") const
    {
        return QStringList{QStringLiteral("--config"), QString::fromStdString(path(name))} + more;
    }

    /// -1 where it did not end by itself.
    [[nodiscard]] static Ended run(const QStringList &arguments)
    {
        QProcess process;
        process.start(program(), arguments);
        const bool ended = process.waitForFinished() && process.exitStatus() == QProcess::NormalExit;
        return {ended ? process.exitCode() : -1, process.readAllStandardOutput(),
                process.readAllStandardError()};
    }

    [[nodiscard]] static QString program() { return QStringLiteral(GLOVEBOX_BIN_DIR "/glovebox-gateway"); }

    Sample sample;
};

} // namespace glovebox::testing
