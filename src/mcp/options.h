// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "mcp/http_server.h"

#include <QByteArray>
#include <QString>
#include <QStringList>

namespace glovebox::mcp
{

/// What glovebox-mcp was started for.
struct Options
{
    QString bus;
    QByteArray tokenFile;            // empty with `http`: there, each client shows its own
    std::optional<HttpOptions> http; // else standard input and output
    bool conformance = false;        // fixtures of the conformance suite instead of the car
};

/// What to print, and whether that is because of a wrong use.
struct OptionsText
{
    QString text;
    bool wrong = false;
};

[[nodiscard]] std::expected<Options, OptionsText> readOptions(const QStringList &arguments);

} // namespace glovebox::mcp
