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

// docs/formats.md, "Exit codes".
enum ExitCode {
    done = 0,
    wrongUse = 64,
    badData = 65,
    missing = 66,
    defect = 70,
    cannotCreate = 73,
    disk = 74,
    tryLater = 75,
    notPermitted = 77,
    configuration = 78
};

constexpr char kUsage[] = "usage: glovebox-gateway --config FILE [--report|--witness-key]\n";

int complain(ExitCode code, const std::string &sentence)
{
    std::fprintf(stderr, "glovebox-gateway: %s\n", sentence.c_str());
    return code;
}

ExitCode exitCodeOf(gateway::ConfigFault fault)
{
    return fault == gateway::ConfigFault::missing ? missing : configuration;
}

ExitCode exitCodeOf(crypto::KeyFault fault)
{
    switch (fault) {
    case crypto::KeyFault::missing:
        return missing;
    case crypto::KeyFault::wrongMode:
        return notPermitted;
    default:
        return badData;
    }
}

ExitCode exitCodeOf(gateway::MerchantsFault fault)
{
    switch (fault) {
    case gateway::MerchantsFault::file:
        return missing;
    case gateway::MerchantsFault::entry:
        return configuration;
    case gateway::MerchantsFault::signing:
        return defect;
    case gateway::MerchantsFault::ledger:
        return disk;
    }
    return defect;
}

int report(gateway::Ledger &ledger)
{
    const auto json = ledger.report();
    if (!json) {
        return complain(disk, json.error().detail);
    }
    std::printf("%s\n", json->dump(2).c_str());
    return done;
}

/// What a car's configuration pins as "/gateway/witness".
int printWitnessKey(const gateway::Config &config)
{
    if (!config.witness) {
        return complain(configuration, "the configuration names no \"/witness\"");
    }
    const auto key = crypto::CosigningKey::open(config.witness->key, config.witness->name);
    if (!key) {
        return complain(exitCodeOf(key.error().code), key.error().detail);
    }
    std::printf("%s\n", key->publicKey().vkey().c_str());
    return done;
}

base::Result<std::optional<crypto::CosigningKey>, crypto::KeyFault> openWitness(const gateway::Config &config)
{
    if (!config.witness) {
        return std::nullopt;
    }
    auto key = crypto::CosigningKey::open(config.witness->key, config.witness->name);
    if (!key) {
        return std::unexpected(std::move(key.error()));
    }
    return std::optional(std::move(*key));
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

int serve(const gateway::Config &config, std::unique_ptr<gateway::Ledger> ledger)
{
    auto key = crypto::SigningKey::open(config.signingKey);
    if (!key) {
        return complain(exitCodeOf(key.error().code), key.error().detail);
    }
    auto witness = openWitness(config);
    if (!witness) {
        return complain(exitCodeOf(witness.error().code), witness.error().detail);
    }
    auto processor = gateway::makeSandboxProcessor(config.processorScript);
    if (!processor) {
        return complain(exitCodeOf(processor.error().code), processor.error().detail);
    }
    auto merchants = gateway::loadMerchants(config.merchantsFile, *key, *ledger, base::readWallTime());
    if (!merchants) {
        return complain(exitCodeOf(merchants.error().code), merchants.error().detail);
    }
    gateway::Service service({config, std::move(*key), std::move(ledger), std::move(*processor),
                              std::move(*merchants), base::readWallTime, std::move(*witness)});

    sigset_t stopSignals;
    sigemptyset(&stopSignals);
    sigaddset(&stopSignals, SIGTERM);
    sigaddset(&stopSignals, SIGINT);
    pthread_sigmask(SIG_BLOCK, &stopSignals, nullptr);
    const auto server = gateway::Server::make(config, service);
    if (!server) {
        const bool certificate = server.error().code == gateway::ServerFault::certificate;
        return complain(certificate ? configuration : cannotCreate, server.error().detail);
    }
    std::jthread stopper = stopOnSignal(**server, stopSignals);
    std::printf("{\"listening\":\"https://%s:%d\"}\n", config.host.c_str(), (*server)->port());
    std::fflush(stdout);
    (*server)->run();
    const bool healthy = service.healthy();
    // The loop may have ended by itself: the waiting thread is told.
    pthread_kill(stopper.native_handle(), SIGTERM);
    stopper.join();
    return healthy
               ? done
               : complain(disk, "a write had an unknown outcome; start again to see what the database says");
}

} // namespace

int main(int argc, char *argv[])
{
    const std::vector<std::string> arguments(argv + 1, argv + argc);
    const bool wantsReport = arguments.size() == 3 && arguments[2] == "--report";
    const bool wantsKey = arguments.size() == 3 && arguments[2] == "--witness-key";
    if ((arguments.size() != 2 && !wantsReport && !wantsKey) || arguments[0] != "--config") {
        std::fputs(kUsage, stderr);
        return wrongUse;
    }
    if (!crypto::makeProcessUndumpable()) {
        return complain(defect, "core dumps cannot be switched off");
    }
    base::installLog("glovebox-gateway");
    const auto config = gateway::readConfig(arguments[1]);
    if (!config) {
        return complain(exitCodeOf(config.error().code), config.error().detail);
    }
    if (wantsKey) {
        return printWitnessKey(*config);
    }
    auto ledger = gateway::Ledger::open(config->database);
    if (!ledger) {
        return complain(ledger.error().code == gateway::LedgerFault::inUse ? tryLater : disk,
                        ledger.error().detail);
    }
    return wantsReport ? report(**ledger) : serve(*config, std::move(*ledger));
}
