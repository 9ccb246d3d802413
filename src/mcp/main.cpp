// SPDX-License-Identifier: Apache-2.0
// glovebox-mcp: the MCP server that assistants start or connect to. Holds no key and approves nothing.
#include "base/log.h"
#include "ipc/bus.h"
#include "mcp/agent_client.h"
#include "mcp/conformance_fixtures.h"
#include "mcp/conformance_text.h"
#include "mcp/daemon_callers.h"
#include "mcp/kind_texts.h"
#include "mcp/options.h"
#include "mcp/proposal_schema_text.h"
#include "mcp/resources.h"
#include "mcp/server.h"
#include "mcp/tool_definitions.h"
#include "mcp/tools.h"

#include <QCoreApplication>
#include <QDBusError>
#include <QLoggingCategory>

#include <csignal>
#include <cstdio>

#include <fcntl.h>
#include <sys/prctl.h>
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
    unavailable = 69,
    defect = 70,
    notPermitted = 77,
    configuration = 78
};

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

template<class Server> int runUntilFinished(Server &server)
{
    QObject::connect(&server, &Server::finished, &server, [](int code) { QCoreApplication::exit(code); });
    return QCoreApplication::exec();
}

int serveLines(const mcp::Offer &offer, QDBusConnection *bus)
{
    const int output = takeStandardOutput();
    if (output < 0 || ::fcntl(STDIN_FILENO, F_GETFD) < 0) {
        std::fputs("glovebox-mcp: standard input and output must be open\n", stderr);
        return wrongUse;
    }
    mcp::Server server(offer, STDIN_FILENO, output);
    if (bus && !ipc::watchBusLoss(*bus, &server, SLOT(busLost()))) {
        qCCritical(lcMcp, "The loss of the bus cannot be watched");
        return defect;
    }
    return runUntilFinished(server);
}

int serveHttp(mcp::Callers &callers, const mcp::HttpOptions &options, QDBusConnection *bus)
{
    ::prctl(PR_SET_DUMPABLE, 0); // tokens of several assistants pass through
    mcp::HttpServer server(callers);
    const auto port = server.listen(options);
    if (!port) {
        std::fprintf(stderr, "glovebox-mcp: %s\n", port.error().detail.c_str());
        return port.error().code == mcp::ListenFault::notLoopback ? wrongUse : unavailable;
    }
    if (bus && !ipc::watchBusLoss(*bus, &server, SLOT(busLost()))) {
        qCCritical(lcMcp, "The loss of the bus cannot be watched");
        return defect;
    }
    const bool v6 = options.host.find(':') != std::string::npos;
    std::printf("http://%s%s%s:%u%s\n", v6 ? "[" : "", options.host.c_str(), v6 ? "]" : "", unsigned{*port},
                std::string(mcp::kMcpPath).c_str());
    std::fflush(stdout);
    return runUntilFinished(server);
}

int serveCar(const mcp::Options &options, const base::Json &proposalSchema)
{
    std::optional<mcp::Token> token;
    if (!options.http) {
        auto read = mcp::Token::read(options.tokenFile);
        if (!read) {
            std::fprintf(stderr, "glovebox-mcp: the token file %s\n", read.error().detail.c_str());
            return exitCode(read.error().code);
        }
        token = std::move(*read);
    }
    QDBusConnection bus = ipc::connectToBus(options.bus, QStringLiteral("glovebox-mcp"));
    if (!bus.isConnected()) {
        std::fprintf(stderr, "glovebox-mcp: no message bus at \"%s\": %s\n", qPrintable(options.bus),
                     qPrintable(bus.lastError().message()));
        return unavailable;
    }
    if (options.http) {
        mcp::DaemonCallers callers(options.bus, proposalSchema);
        return serveHttp(callers, *options.http, &bus);
    }
    mcp::AgentClient agent(bus, *token);
    mcp::Tools tools(agent, proposalSchema);
    mcp::Resources resources(agent, mcp::kKindTexts);
    return serveLines({tools, resources, mcp::instructions()}, &bus);
}

int serveFixtures(const mcp::Options &options, const base::Json &fixtures)
{
    if (options.http) {
        mcp::ConformanceCallers callers(fixtures);
        return serveHttp(callers, *options.http, nullptr);
    }
    mcp::ConformanceCaller caller(fixtures);
    return serveLines(caller.offer(), nullptr);
}

} // namespace

int main(int argc, char *argv[])
{
    std::signal(SIGPIPE, SIG_IGN); // a client that went away is an error of write()
    QCoreApplication app(argc, argv);
    base::installLog("glovebox-mcp");
    const auto options = mcp::readOptions(app.arguments());
    if (!options) {
        std::fputs(qPrintable(options.error().text), options.error().wrong ? stderr : stdout);
        return options.error().wrong ? wrongUse : done;
    }
    const auto builtIn =
        base::parseJson(options->conformance ? mcp::kConformanceText : mcp::kProposalSchemaText);
    if (!builtIn) {
        qCCritical(lcMcp, "The built-in data cannot be read");
        return defect;
    }
    return options->conformance ? serveFixtures(*options, *builtIn) : serveCar(*options, *builtIn);
}
