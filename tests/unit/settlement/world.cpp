// SPDX-License-Identifier: Apache-2.0
#include "tests/unit/settlement/world.h"

#include "crypto/hash.h"

#include <QCoreApplication>
#include <QFile>

#include <algorithm>

namespace glovebox::testing
{

std::vector<payment::Purchase> MemoryBook::unsettled() const
{
    std::vector<payment::Purchase> open;
    for (const auto &[id, purchase] : purchases) {
        if (payment::isUnsettled(purchase.state) || purchase.state == payment::State::queued ||
            purchase.state == payment::State::stepUpRequired) {
            open.push_back(purchase);
        }
    }
    return open;
}

std::optional<payment::Purchase> MemoryBook::find(const payment::ApprovalId &id) const
{
    const auto found = purchases.find(id);
    return found == purchases.end() ? std::nullopt : std::optional(found->second);
}

void MemoryBook::recall(const payment::ApprovalId &id, std::function<void(bool)> done)
{
    ++pending;
    QMetaObject::invokeMethod(
        &context,
        [this, id, done = std::move(done)] {
            --pending;
            if (!failing) {
                if (auto old = archive.extract(id)) {
                    purchases.insert(std::move(old));
                }
            }
            done(!failing);
        },
        Qt::QueuedConnection);
}

void MemoryBook::record(const payment::PurchaseEvent &event, std::function<void(bool)> done)
{
    ++pending;
    QMetaObject::invokeMethod(
        &context,
        [this, event, done = std::move(done)] {
            --pending;
            for (auto &[id, purchase] : purchases) {
                if (purchase.id != event.purchase) {
                    continue;
                }
                const auto next = payment::transition(purchase.state, event.event);
                if (failing || !next) {
                    break;
                }
                log.push_back("record:" + std::string(payment::nameOf(event.event)));
                purchase.state = next->next;
                purchase.attempts = std::max(purchase.attempts, event.attempt);
                purchase.reason = event.reason;
                if (event.settlement) {
                    purchase.settlement = *event.settlement;
                }
                done(true);
                return;
            }
            done(false);
        },
        Qt::QueuedConnection);
}

std::string MemoryBook::setting(const std::string &name) const
{
    const auto found = settings.find(name);
    return found == settings.end() ? std::string() : found->second;
}

void MemoryBook::store(const std::string &name, const std::string &value, std::function<void(bool)> done)
{
    ++pending;
    QMetaObject::invokeMethod(
        &context,
        [this, name, value, done = std::move(done)] {
            --pending;
            if (!failing) {
                log.push_back("store:" + name);
                settings[name] = value;
            }
            done(!failing);
        },
        Qt::QueuedConnection);
}

void ScriptedTransport::send(const ports::HttpRequest &request,
                             std::function<void(const ports::HttpAnswer &)> onAnswer)
{
    const std::string path = request.path.substr(0, request.path.find('?'));
    const bool cancels = path.ends_with("/void");
    const bool status = !cancels && path.starts_with("/v1/approvals/");
    book->log.push_back("send:" + (cancels ? "void" : status ? "status" : path.substr(4)));
    ports::HttpAnswer answer;
    switch (fate(request)) {
    case Fate::unreachable:
        answer.fault = ports::TransportFault::unreachable;
        break;
    case Fate::answerLost:
        (void)gateway(request);
        answer.fault = ports::TransportFault::broken;
        break;
    case Fate::busy:
        answer.status = 503;
        answer.retryAfter_s = retryAfter_s;
        break;
    case Fate::forged:
        answer = gateway(request);
        answer.body = forge(answer.body);
        break;
    case Fate::delivered:
        answer = gateway(request);
        break;
    }
    if (hold) {
        return;
    }
    ++pending;
    QMetaObject::invokeMethod(
        &context,
        [this, answer, onAnswer = std::move(onAnswer)] {
            --pending;
            onAnswer(answer);
        },
        Qt::QueuedConnection);
}

gateway::Config gatewayConfig(const Sample &sample, const std::vector<crypto::PublicKey> &carKeys)
{
    gateway::Config config;
    config.id = "sandbox";
    const auto wallet = payment::WalletId::fromText("w-1").value();
    config.wallets.emplace(wallet, gateway::Wallet{wallet, carKeys, {"tok_demo"}});
    config.merchantKeys.emplace(payment::MerchantId::fromText("tankhof-koenigstrasse").value(),
                                sample.merchant.publicKey());
    return config;
}

gateway::Merchants gatewayMerchants(const Sample &sample, gateway::Ledger &ledger)
{
    return gateway::signMerchants(
               {sample.entry("garage-marktplatz", "parking"), sample.entry("tankhof-koenigstrasse", "fuel")},
               sample.gateway, ledger, base::WallTime{Sample::now_ms})
        .value();
}

World::World() : m_cosigner(sample.path("witness.pem")), m_carKeys{sample.car.publicKey()}
{
    witness = crypto::CosigningKey::create(m_cosigner, "gateway.example/witness").value().publicKey();
    reopenLedger();
    transport.book = &book;
    transport.gateway = [this](const ports::HttpRequest &request) { return ask(request); };
    restart();
}

void World::reopenLedger()
{
    service.reset();
    const std::string path = sample.path("gateway.sqlite");
    if (!QFile::exists(QString::fromStdString(path))) {
        gateway::Ledger::create(path).value();
    }
    auto opened = std::move(gateway::Ledger::open(path).value());
    ledger = opened.get();
    gateway::Merchants merchants = gatewayMerchants(sample, *ledger);
    service = std::make_unique<gateway::Service>(gateway::Service::Parts{
        gatewayConfig(sample, m_carKeys),
        std::move(crypto::SigningKey::open("file:" + sample.path("gateway.pem")).value()), std::move(opened),
        std::move(gateway::makeSandboxProcessor(processorScript).value()), std::move(merchants),
        [this] { return base::WallTime{clock.now().wall.milliseconds + gatewayAhead_ms}; },
        std::move(crypto::CosigningKey::open(m_cosigner, witness->name()).value())});
}

void World::enrol(const crypto::PublicKey &key)
{
    m_carKeys.push_back(key);
    reopenLedger();
}

World::~World() = default;

void World::restart()
{
    settlement.reset();
    settlement = settlement::makeSettlement(clock, transport, hint, book, sample.channel(witness), {}, random,
                                            checkpoints);
    settlement->start();
}

void World::settle()
{
    // An event leads to the next one; a few quiet rounds mean that only time can go on.
    for (int quiet = 0; quiet < 4;) {
        QCoreApplication::sendPostedEvents();
        QCoreApplication::processEvents();
        quiet = transport.pending == 0 && book.pending == 0 ? quiet + 1 : 0;
    }
}

void World::advance(base::Duration span)
{
    clock.advance(span);
    settle();
}

payment::ApprovalId World::approve(const payment::Approval &approval, payment::State state)
{
    payment::Purchase purchase;
    purchase.id = approval.purchase;
    purchase.state = state;
    purchase.approvalId = approval.id;
    purchase.approvalJws = sample.signApproval(approval);
    purchase.approvedAt = clock.now();
    purchase.settleBy = approval.settleBy;
    book.purchases[approval.id] = purchase;
    settlement->wake();
    return approval.id;
}

int World::sent(const std::string &what) const
{
    return static_cast<int>(std::ranges::count(book.log, what));
}

base::Json World::report()
{
    return ledger->report().value();
}

ports::HttpAnswer askGateway(gateway::Service &service, const ports::HttpRequest &request)
{
    const std::size_t mark = request.path.find('?');
    wire::SignedParts parts{request.method,
                            request.path.substr(0, mark),
                            mark == std::string::npos ? "?" : request.path.substr(mark),
                            {},
                            request.body};
    const auto header = [&request](const std::string &name) {
        for (const auto &[have, value] : request.headers) {
            if (have == name) {
                return value;
            }
        }
        return std::string();
    };
    parts.contentType = header("content-type");
    const gateway::Answer answer = service.handle(parts, header);
    ports::HttpAnswer http;
    http.status = answer.status;
    http.body = answer.body.dump();
    return http;
}

ports::HttpRequest merchantRequest(const Sample &sample, const payment::ApprovalId &id,
                                   const std::string &what, const base::Json &body)
{
    const wire::SignedParts parts{"POST", "/v1/merchant/approvals/" + id.text() + "/" + what, "?",
                                  "application/json", base::canonicalJson(body)};
    auto headers = wire::signRequest(sample.merchant, parts, Sample::now_ms / 1000, "m1").value();
    headers.emplace_back("content-type", "application/json");
    return {parts.method, parts.path, headers, parts.body};
}

ports::HttpAnswer World::merchantPost(const payment::ApprovalId &id, const std::string &what,
                                      const base::Json &body)
{
    return askGateway(*service, merchantRequest(sample, id, what, body));
}

} // namespace glovebox::testing
