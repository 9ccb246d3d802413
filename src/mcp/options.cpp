// SPDX-License-Identifier: Apache-2.0
#include "mcp/options.h"

#include <QCommandLineParser>
#include <QFile>

namespace glovebox::mcp
{

namespace
{

std::unexpected<OptionsText> wrong(const QString &problem)
{
    return std::unexpected(OptionsText{
        QStringLiteral(
            "glovebox-mcp: %1\n"
            "usage: glovebox-mcp [--bus ADDRESS|system] --token-file FILE\n"
            "       glovebox-mcp [--bus ADDRESS|system] --http HOST:PORT [--allow-host NAME[:PORT]]...\n"
            "       glovebox-mcp --conformance [--http HOST:PORT]\n")
            .arg(problem),
        true});
}

} // namespace

std::expected<Options, OptionsText> readOptions(const QStringList &arguments)
{
    QCommandLineParser parser;
    parser.setApplicationDescription(QStringLiteral("MCP server over standard input and output, or HTTP: "
                                                    "lets assistants propose purchases to the driver."));
    const QCommandLineOption help = parser.addHelpOption();
    const QCommandLineOption version = parser.addVersionOption();
    const QCommandLineOption bus(QStringLiteral("bus"), QStringLiteral("\"system\" or a D-Bus address."),
                                 QStringLiteral("ADDRESS"), QStringLiteral("system"));
    const QCommandLineOption token(QStringLiteral("token-file"),
                                   QStringLiteral("File with the assistant's token, mode 0600."),
                                   QStringLiteral("FILE"));
    const QCommandLineOption http(QStringLiteral("http"),
                                  QStringLiteral("Serve HTTP on this address of the loopback interface; each "
                                                 "client sends its token."),
                                  QStringLiteral("HOST:PORT"));
    const QCommandLineOption allow(
        QStringLiteral("allow-host"),
        QStringLiteral("Another name that clients call this server, behind a proxy. May be repeated."),
        QStringLiteral("NAME[:PORT]"));
    const QCommandLineOption conformance(
        QStringLiteral("conformance"),
        QStringLiteral("Offer the fixtures of the MCP conformance suite, and nothing of a car."));
    parser.addOptions({bus, token, http, allow, conformance});
    if (!parser.parse(arguments)) {
        return wrong(parser.errorText());
    }
    if (parser.isSet(help)) {
        return std::unexpected(OptionsText{parser.helpText()});
    }
    if (parser.isSet(version)) {
        return std::unexpected(OptionsText{QStringLiteral(GLOVEBOX_VERSION "\n")});
    }
    Options options{.bus = parser.value(bus),
                    .tokenFile = QFile::encodeName(parser.value(token)),
                    .http = std::nullopt,
                    .conformance = parser.isSet(conformance)};
    if (parser.isSet(http)) {
        options.http = readHttpAddress(parser.value(http).toStdString());
        if (!options.http) {
            return wrong(QStringLiteral("--http takes HOST:PORT"));
        }
        for (const QString &name : parser.values(allow)) {
            options.http->allowedHosts.push_back(name.toStdString());
        }
    }
    const bool needsToken = !parser.isSet(http) && !parser.isSet(conformance);
    if (needsToken != parser.isSet(token) || (parser.isSet(allow) && !parser.isSet(http)) ||
        !parser.positionalArguments().isEmpty()) {
        return wrong(needsToken ? QStringLiteral("--token-file or --http is needed, and nothing but options")
                                : QStringLiteral("these options do not go together"));
    }
    return options;
}

} // namespace glovebox::mcp
