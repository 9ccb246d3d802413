// SPDX-License-Identifier: Apache-2.0
// glovebox-gateway: the composition root of the reference settlement service.
#include "base/log.h"
#include "crypto/secret.h"
#include "gateway/server.h"

#include <csignal>
#include <cstdio>
#include <pthread.h>
#include <thread>

namespace
{

using namespace glovebox;

using gateway::StartFailure;
namespace exit_code = gateway::exit_code;

constexpr char kUsage[] = "usage: glovebox-gateway --config FILE [--init | --report | --witness-key]\n";

int complain(const StartFailure &failure)
{
    std::fprintf(stderr, "glovebox-gateway: %s\n", failure.sentence.c_str());
    return failure.exitCode;
}

int report(const gateway::Config &config)
{
    const auto ledger = gateway::Ledger::openToRead(config.database);
    if (!ledger) {
        return complain(gateway::ledgerOpenFailure(ledger.error(), config.database));
    }
    const auto json = (*ledger)->report();
    if (!json) {
        return complain({exit_code::kDisk, "The ledger " + config.database + " cannot be read (" +
                                               json.error().detail + "). Check the disk."});
    }
    std::printf("%s\n", json->dump(2).c_str());
    return exit_code::kDone;
}

int initialise(const gateway::Config &config)
{
    if (const auto made = gateway::Ledger::create(config.database); !made) {
        return complain(gateway::ledgerMakeFailure(made.error(), config.database));
    }
    return exit_code::kDone;
}

gateway::Started<std::optional<crypto::CosigningKey>> openWitness(const gateway::Config &config)
{
    if (!config.witness) {
        return std::nullopt;
    }
    auto key = crypto::CosigningKey::open(config.witness->key, config.witness->name);
    if (!key) {
        return std::unexpected(gateway::keyFailure(key.error(), "/witness/key"));
    }
    return std::optional(std::move(*key));
}

/// What a car's configuration pins as "/gateway/witness".
int printWitnessKey(const gateway::Config &config)
{
    const auto key = openWitness(config);
    if (!key) {
        return complain(key.error());
    }
    if (!*key) {
        return complain({exit_code::kConfiguration, "The configuration names no \"/witness\". Name one."});
    }
    std::printf("%s\n", (*key)->publicKey().vkey().c_str());
    return exit_code::kDone;
}

/// SIGTERM and SIGINT, blocked in every thread, wake this one.
std::jthread stopOnSignal(gateway::Server &server, const sigset_t &stopSignals)
{
    return std::jthread([&server, stopSignals] {
        int signal = 0;
        sigwait(&stopSignals, &signal);
        server.stop();
    });
}

gateway::Started<gateway::Service::Parts> assemble(const gateway::Config &config)
{
    auto ledger = gateway::Ledger::open(config.database);
    if (!ledger) {
        return std::unexpected(gateway::ledgerOpenFailure(ledger.error(), config.database));
    }
    auto key = crypto::SigningKey::open(config.signingKey);
    if (!key) {
        return std::unexpected(gateway::keyFailure(key.error(), "/signing_key"));
    }
    auto witness = openWitness(config);
    if (!witness) {
        return std::unexpected(witness.error());
    }
    auto processor = gateway::makeSandboxProcessor(config.processorScript);
    if (!processor) {
        return std::unexpected(processor.error());
    }
    auto merchants = gateway::loadMerchants(config.merchantsFile, *key, **ledger, base::readWallTime());
    if (!merchants) {
        return std::unexpected(merchants.error());
    }
    return gateway::Service::Parts{config,
                                   std::move(*key),
                                   std::move(*ledger),
                                   std::move(*processor),
                                   std::move(*merchants),
                                   base::readWallTime,
                                   std::move(*witness)};
}

int serve(const gateway::Config &config)
{
    auto parts = assemble(config);
    if (!parts) {
        return complain(parts.error());
    }
    gateway::Service service(std::move(*parts));

    sigset_t stopSignals;
    sigemptyset(&stopSignals);
    sigaddset(&stopSignals, SIGTERM);
    sigaddset(&stopSignals, SIGINT);
    pthread_sigmask(SIG_BLOCK, &stopSignals, nullptr);
    const auto server = gateway::Server::make(config, service);
    if (!server) {
        return complain(server.error());
    }
    std::jthread stopper = stopOnSignal(**server, stopSignals);
    std::printf("%s\n", base::canonicalJson({{"listening", (*server)->url()}}).c_str());
    std::fflush(stdout);
    (*server)->run();
    const bool healthy = service.healthy();
    // The loop may have ended by itself: the waiting thread is told.
    pthread_kill(stopper.native_handle(), SIGTERM);
    stopper.join();
    return healthy
               ? exit_code::kDone
               : complain({exit_code::kDisk, "A write into the ledger had an unknown outcome. Start again to "
                                             "see what it says."});
}

} // namespace

int main(int argc, char *argv[])
{
    const std::vector<std::string> arguments(argv + 1, argv + argc);
    const std::string command = arguments.size() == 3 ? arguments[2] : std::string();
    const bool known =
        command.empty() || command == "--init" || command == "--report" || command == "--witness-key";
    if (arguments.size() < 2 || arguments.size() > 3 || arguments[0] != "--config" || !known ||
        (command.empty() && arguments.size() == 3)) {
        std::fputs(kUsage, stderr);
        return exit_code::kUsage;
    }
    if (!crypto::makeProcessUndumpable()) {
        return complain({exit_code::kNotPermitted, "Cannot forbid core dumps of this process. Allow prctl."});
    }
    base::installLog("glovebox-gateway");
    const auto config = gateway::readConfig(arguments[1]);
    if (!config) {
        return complain(config.error());
    }
    if (command == "--witness-key") {
        return printWitnessKey(*config);
    }
    if (command == "--report") {
        return report(*config);
    }
    return command == "--init" ? initialise(*config) : serve(*config);
}
