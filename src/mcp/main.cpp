// SPDX-License-Identifier: Apache-2.0
// glovebox-mcp: the MCP server that an assistant starts. Holds no key and approves nothing.
#include "base/log.h"
#include "ipc/bus.h"
#include "mcp/agent_client.h"
#include "mcp/kind_texts.h"
#include "mcp/proposal_schema_text.h"
#include "mcp/resources.h"
#include "mcp/server.h"
#include "mcp/tool_definitions.h"
#include "mcp/tools.h"

#include <QCommandLineParser>
#include <QCoreApplication>
#include <QDBusError>
#include <QFile>
#include <QLoggingCategory>

#include <csignal>
#include <cstdio>

#include <fcntl.h>
#include <unistd.h>

Q_LOGGING_CATEGORY(lcMcp, "glovebox.mcp")

namespace
{

using namespace glovebox;

enum ExitCode {
    done = 0,
    wrongUse = 64,
    badData = 65,
    fileMissing = 66,
    noBus = 69,
    defect = 70,
    notPermitted = 77,
    configuration = 78
};

struct Options
{
    QString bus;
    QByteArray tokenFile;
};

/// The options, or the code to end with.
std::expected<Options, ExitCode> readOptions(const QCoreApplication &app)
{
    QCommandLineParser parser;
    parser.setApplicationDescription(QStringLiteral(
        "MCP server over standard input and output: lets an assistant propose purchases to the driver."));
    const QCommandLineOption help = parser.addHelpOption();
    const QCommandLineOption version = parser.addVersionOption();
    const QCommandLineOption bus(QStringLiteral("bus"), QStringLiteral("\"system\" or a D-Bus address."),
                                 QStringLiteral("ADDRESS"), QStringLiteral("system"));
    const QCommandLineOption token(QStringLiteral("token-file"),
                                   QStringLiteral("File with the assistant's token, mode 0600."),
                                   QStringLiteral("FILE"));
    parser.addOptions({bus, token});
    const bool understood = parser.parse(app.arguments());
    if (understood && parser.isSet(help)) {
        std::fputs(qPrintable(parser.helpText()), stdout);
        return std::unexpected(done);
    }
    if (understood && parser.isSet(version)) {
        std::puts(GLOVEBOX_VERSION);
        return std::unexpected(done);
    }
    if (!understood || !parser.isSet(token) || !parser.positionalArguments().isEmpty()) {
        const QString problem = understood ? QStringLiteral("--token-file is needed, and nothing but options")
                                           : parser.errorText();
        std::fprintf(stderr,
                     "glovebox-mcp: %s\nusage: glovebox-mcp [--bus ADDRESS|system] --token-file FILE\n",
                     qPrintable(problem));
        return std::unexpected(wrongUse);
    }
    return Options{parser.value(bus), QFile::encodeName(parser.value(token))};
}

ExitCode exitCode(mcp::TokenFault fault)
{
    switch (fault) {
    case mcp::TokenFault::missing:
        return fileMissing;
    case mcp::TokenFault::notPrivate:
        return notPermitted;
    case mcp::TokenFault::badLength:
        return badData;
    case mcp::TokenFault::noMemory:
        return configuration;
    }
    return defect;
}

/// A descriptor of its own for answers; what a library prints goes to standard error, because a stray line on
/// standard output ends the session of most clients. -1 where there is no standard output.
int takeStandardOutput()
{
    const int output = ::fcntl(STDOUT_FILENO, F_DUPFD_CLOEXEC, STDERR_FILENO + 1);
    if (output >= 0) {
        ::dup2(STDERR_FILENO, STDOUT_FILENO);
    }
    return output;
}

int serve(const Options &options, const base::Json &proposalSchema, int output)
{
    const auto token = mcp::Token::read(options.tokenFile);
    if (!token) {
        std::fprintf(stderr, "glovebox-mcp: the token file %s\n", token.error().detail.c_str());
        return exitCode(token.error().code);
    }
    QDBusConnection bus = ipc::connectToBus(options.bus, QStringLiteral("glovebox-mcp"));
    if (!bus.isConnected()) {
        std::fprintf(stderr, "glovebox-mcp: no message bus at \"%s\": %s\n", qPrintable(options.bus),
                     qPrintable(bus.lastError().message()));
        return noBus;
    }
    mcp::AgentClient agent(bus, *token);
    mcp::Tools tools(agent, proposalSchema);
    mcp::Resources resources(agent, mcp::kKindTexts);
    mcp::Server server({tools, resources, mcp::instructions()}, STDIN_FILENO, output);
    if (!ipc::watchBusLoss(bus, &server, SLOT(busLost()))) {
        qCCritical(lcMcp, "The loss of the bus cannot be watched");
        return defect;
    }
    QObject::connect(&server, &mcp::Server::finished, &server,
                     [](int code) { QCoreApplication::exit(code); });
    return QCoreApplication::exec();
}

} // namespace

int main(int argc, char *argv[])
{
    std::signal(SIGPIPE, SIG_IGN); // a client that went away is an error of write()
    QCoreApplication app(argc, argv);
    base::installLog("glovebox-mcp");
    const auto options = readOptions(app);
    if (!options) {
        return options.error();
    }
    const int output = takeStandardOutput();
    if (output < 0 || ::fcntl(STDIN_FILENO, F_GETFD) < 0) {
        std::fputs("glovebox-mcp: standard input and output must be open\n", stderr);
        return wrongUse;
    }
    const auto schema = base::parseJson(mcp::kProposalSchemaText);
    if (!schema) {
        qCCritical(lcMcp, "The built-in schema cannot be read");
        return defect;
    }
    return serve(*options, *schema, output);
}
