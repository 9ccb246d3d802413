// SPDX-License-Identifier: Apache-2.0
// glovebox-gateway: the composition root of the reference settlement service.
#include "base/log.h"
#include "base/standard_output.h"
#include "crypto/secret.h"
#include "gateway/reconcile.h"
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

constexpr char kUsage[] = "usage: glovebox-gateway --config FILE [--init | --report | --witness-key | "
                          "quarantine list | quarantine refuse WALLET APPROVAL | "
                          "reconcile [--processor FILE] [--car WALLET=FILE]...]\n";

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
        return complain(gateway::ledgerReadFailure(json.error(), config.database));
    }
    std::printf("%s\n", json->dump(2).c_str());
    return exit_code::kDone;
}

/// 1 where the books do not agree.
int reconcile(const gateway::Config &config, const gateway::BookFiles &files)
{
    const auto ledger = gateway::Ledger::openToRead(config.database);
    if (!ledger) {
        return complain(gateway::ledgerOpenFailure(ledger.error(), config.database));
    }
    const auto report = (*ledger)->report();
    if (!report) {
        return complain(gateway::ledgerReadFailure(report.error(), config.database));
    }
    const auto compared = gateway::reconcileFiles(*report, files);
    if (!compared) {
        return complain(compared.error());
    }
    std::printf("%s\n", compared->dump(2).c_str());
    return compared->at("ok").get<bool>() ? exit_code::kDone : exit_code::kNo;
}

int listQuarantine(const gateway::Config &config)
{
    const auto ledger = gateway::Ledger::openToRead(config.database);
    if (!ledger) {
        return complain(gateway::ledgerOpenFailure(ledger.error(), config.database));
    }
    const auto json = gateway::Quarantine(**ledger, config.id).list();
    if (!json) {
        return complain(gateway::ledgerReadFailure(json.error(), config.database));
    }
    std::printf("%s\n", json->dump(2).c_str());
    return exit_code::kDone;
}

int endQuarantine(const gateway::Config &config, const std::string &wallet, const std::string &approval)
{
    const auto ledger = gateway::Ledger::open(config.database);
    if (!ledger) {
        return complain(gateway::ledgerOpenFailure(ledger.error(), config.database));
    }
    const auto key = crypto::SigningKey::open(config.signingKey);
    if (!key) {
        return complain(gateway::keyFailure(key.error(), "/signing_key"));
    }
    const auto ended =
        gateway::Quarantine(**ledger, config.id).end(wallet, approval, *key, base::readWallTime());
    if (ended) {
        return exit_code::kDone;
    }
    const std::string what = "The approval " + approval + " of wallet " + wallet;
    const std::string why = " (" + ended.error().detail + "). ";
    switch (ended.error().code) {
    case gateway::QuarantineFault::notThere:
        return complain({exit_code::kData, what + " is not quarantined" + why + "See \"quarantine list\"."});
    case gateway::QuarantineFault::ledger:
        return complain(
            {exit_code::kDisk, what + " could not be written" + why + "Check the disk, and look again."});
    case gateway::QuarantineFault::signing:
        break;
    }
    return complain({exit_code::kDefect, what + ": the key does not sign" + why});
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
    auto merchants = gateway::loadMerchants(config, *key, **ledger, base::readWallTime());
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

int run(const gateway::Config &config, const std::vector<std::string> &command)
{
    if (command.empty()) {
        return serve(config);
    }
    if (command[0] == "--init") {
        return initialise(config);
    }
    if (command[0] == "--report") {
        return report(config);
    }
    if (command[0] == "--witness-key") {
        return printWitnessKey(config);
    }
    if (command[0] == "reconcile") {
        return reconcile(config, *gateway::bookFilesOf(std::span(command).subspan(1)));
    }
    return command.size() == 2 ? listQuarantine(config) : endQuarantine(config, command[2], command[3]);
}

bool isCommand(const std::vector<std::string> &words)
{
    if (!words.empty() && words[0] == "reconcile") {
        return gateway::bookFilesOf(std::span(words).subspan(1)).has_value();
    }
    switch (words.size()) {
    case 0:
        return true;
    case 1:
        return words[0] == "--init" || words[0] == "--report" || words[0] == "--witness-key";
    case 2:
        return words[0] == "quarantine" && words[1] == "list";
    case 4:
        return words[0] == "quarantine" && words[1] == "refuse";
    default:
        return false;
    }
}

} // namespace

int main(int argc, char *argv[])
{
    const std::vector<std::string> arguments(argv + 1, argv + argc);
    const bool configured = arguments.size() >= 2 && arguments[0] == "--config";
    const std::vector<std::string> command(arguments.begin() + (configured ? 2 : 0), arguments.end());
    if (!configured || !isCommand(command)) {
        std::fputs(kUsage, stderr);
        return exit_code::kUsage;
    }
    if (!crypto::makeProcessUndumpable()) {
        return complain({exit_code::kNotPermitted, "Cannot forbid core dumps of this process. Allow prctl."});
    }
    base::installLog("glovebox-gateway");
    const auto config = gateway::readConfig(arguments[1]);
    const int code = config ? run(*config, command) : complain(config.error());
    return base::finishOutput("glovebox-gateway", code);
}
