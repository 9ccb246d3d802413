// SPDX-License-Identifier: Apache-2.0
#include "wire/car_channel.h"

#include "crypto/hash.h"

#include <algorithm>

namespace glovebox::wire
{

namespace
{

constexpr std::string_view kJsonType = "application/json";
// The outer object of an answer; what counts is the JWS in it, which has its own limit.
constexpr base::JsonLimits kAnswerLimits{.bytes_max = 131072, .depth_max = 4};

std::optional<std::string> textField(std::string_view body, const char *name)
{
    const auto json = base::parseJson(body, kAnswerLimits);
    if (!json || !json->is_object() || !json->contains(name) || !(*json)[name].is_string()) {
        return std::nullopt;
    }
    return (*json)[name].get<std::string>();
}

std::optional<payment::Approval> approvalOf(const std::string &approvalJws)
{
    const auto payload = crypto::payloadOf(approvalJws);
    if (!payload) {
        return std::nullopt;
    }
    const auto claims = base::parseJson(base::textOf(*payload));
    if (!claims) {
        return std::nullopt;
    }
    auto approval = payment::approvalFromClaims(*claims, crypto::hashJson);
    if (!approval) {
        return std::nullopt;
    }
    return std::move(*approval);
}

ApprovalAnswer unverifiable(std::string detail)
{
    ApprovalAnswer answer;
    answer.kind = ApprovalAnswer::Kind::unverifiable;
    answer.detail = std::move(detail);
    return answer;
}

} // namespace

CarChannel::CarChannel(Identity identity) : m_identity(std::move(identity)) {}

std::string CarChannel::makeNonce()
{
    return crypto::randomId('n');
}

crypto::KeyResult<CarRequest> CarChannel::makeRequest(SignedParts parts, std::int64_t created_s,
                                                      const std::string &nonce) const
{
    auto headers =
        signRequest(m_identity.keyId, m_identity.sign, parts, std::max<std::int64_t>(created_s, 0), nonce);
    if (!headers) {
        return std::unexpected(headers.error());
    }
    CarRequest request{parts.method, parts.path, std::move(*headers), parts.body};
    if (parts.query != "?") {
        request.path += parts.query;
    }
    if (!parts.contentType.empty()) {
        request.headers.emplace_back("content-type", parts.contentType);
    }
    return request;
}

crypto::KeyResult<CarRequest> CarChannel::submit(const payment::ApprovalId &id,
                                                 const std::string &approvalJws, std::int64_t created_s) const
{
    const base::Json body{{"approval", approvalJws}};
    return makeRequest({"POST", "/v1/approvals", "?", std::string(kJsonType), base::canonicalJson(body)},
                       created_s, id.text());
}

crypto::KeyResult<CarRequest> CarChannel::status(const payment::ApprovalId &id, std::int64_t created_s) const
{
    return makeRequest({"GET", "/v1/approvals/" + id.text(), "?", {}, {}}, created_s, makeNonce());
}

crypto::KeyResult<CarRequest> CarChannel::cancel(const payment::ApprovalId &id, std::int64_t created_s) const
{
    const base::Json body{{"approval_id", id.text()}};
    return makeRequest({"POST", "/v1/approvals/" + id.text() + "/void", "?", std::string(kJsonType),
                        base::canonicalJson(body)},
                       created_s, id.text());
}

crypto::KeyResult<CarRequest> CarChannel::events(std::int64_t after, std::int64_t created_s) const
{
    return makeRequest({"GET", "/v1/events", "?after=" + std::to_string(after), {}, {}}, created_s,
                       makeNonce());
}

crypto::KeyResult<CarRequest> CarChannel::directory(std::int64_t created_s) const
{
    return makeRequest({"GET", "/v1/directory", "?", {}, {}}, created_s, makeNonce());
}

crypto::KeyResult<CarRequest> CarChannel::time(const std::string &nonce, std::int64_t created_s) const
{
    return makeRequest({"GET", "/v1/time", "?nonce=" + nonce, {}, {}}, created_s, nonce);
}

crypto::KeyResult<CarRequest> CarChannel::checkpoint(const CheckpointRequest &request,
                                                     std::int64_t created_s) const
{
    return makeRequest({"POST", "/v1/checkpoints", "?", std::string(kJsonType), bodyOf(request)}, created_s,
                       makeNonce());
}

CheckpointAnswer CarChannel::readAnswer(int status, std::string_view body,
                                        const CheckpointRequest &sent) const
{
    if (!m_identity.witness) {
        return {CheckpointAnswer::Kind::unverifiable, {}, "no witness is known here"};
    }
    return readCheckpointAnswer(*m_identity.witness, status, body, sent.note);
}

ApprovalAnswer CarChannel::readAnswer(int status, std::string_view body, const std::string &approvalJws) const
{
    ApprovalAnswer answer;
    if (status == 200) {
        const auto jws = textField(body, "receipt");
        if (!jws) {
            return unverifiable("an answer without a receipt");
        }
        auto receipt = readReceipt(*jws, m_identity.gatewayKeys);
        if (!receipt) {
            return unverifiable(receipt.error().detail);
        }
        if (const auto fault = check(*receipt, approvalJws)) {
            return unverifiable("the receipt is refused: " + std::string(nameOf(*fault)));
        }
        answer.kind = ApprovalAnswer::Kind::receipt;
        answer.receipt = std::move(*receipt);
        return answer;
    }
    const auto jws = textField(body, "refusal");
    if (!jws) {
        answer.detail = "status " + std::to_string(status);
        return answer;
    }
    const auto refusal = readRefusal(*jws, m_identity.gatewayKeys);
    if (!refusal) {
        return unverifiable(refusal.error().detail);
    }
    const auto approval = approvalOf(approvalJws);
    if (!approval || refusal->gateway != m_identity.gateway || refusal->wallet != m_identity.wallet ||
        refusal->approval != approval->id || refusal->approvalHash != hashOfJws(approvalJws)) {
        return unverifiable("the refusal is about something else");
    }
    answer.kind = ApprovalAnswer::Kind::refusal;
    answer.refusalCode = refusal->code;
    return answer;
}

std::optional<WireFault> CarChannel::check(const Receipt &receipt, const std::string &approvalJws) const
{
    const auto approval = approvalOf(approvalJws);
    if (!approval) {
        return WireFault::malformed;
    }
    if (receipt.gateway != m_identity.gateway) {
        return WireFault::otherGateway;
    }
    if (receipt.wallet != m_identity.wallet) {
        return WireFault::otherWallet;
    }
    return checkAgainst(receipt, *approval, approvalJws);
}

std::int64_t CarChannel::revisionOf(const std::string &storedReceiptJws)
{
    // It was verified before it was stored; the key of that time may not be pinned any more.
    const auto payload = crypto::payloadOf(storedReceiptJws);
    if (!payload) {
        return -1;
    }
    const auto json = base::parseJson(base::textOf(*payload));
    if (!json || !json->is_object() || !json->contains("revision") ||
        !(*json)["revision"].is_number_integer()) {
        return -1;
    }
    return (*json)["revision"].get<std::int64_t>();
}

WireResult<Events> CarChannel::readEventsAnswer(std::string_view body, std::int64_t after) const
{
    const auto jws = textField(body, "events");
    if (!jws) {
        return base::fail(WireFault::malformed, "an answer without events");
    }
    auto events = readEvents(*jws, m_identity.gatewayKeys);
    if (!events) {
        return events;
    }
    if (events->gateway != m_identity.gateway) {
        return base::fail(WireFault::otherGateway, "events of another gateway");
    }
    if (events->wallet != m_identity.wallet) {
        return base::fail(WireFault::otherWallet, "events of another wallet");
    }
    if (events->after != after) {
        return base::fail(WireFault::older, "the answer to another question");
    }
    return events;
}

WireResult<Directory> CarChannel::readDirectoryAnswer(std::string_view body, std::string *jws) const
{
    const auto text = textField(body, "directory");
    if (!text) {
        return base::fail(WireFault::malformed, "an answer without a directory");
    }
    auto directory = readDirectory(*text, m_identity.gatewayKeys);
    if (!directory) {
        return directory;
    }
    if (directory->gateway != m_identity.gateway) {
        return base::fail(WireFault::otherGateway, "a directory of another gateway");
    }
    *jws = *text;
    return directory;
}

WireResult<base::WallTime> CarChannel::readTimeAnswer(std::string_view body, const std::string &nonce) const
{
    const auto jws = textField(body, "time");
    if (!jws) {
        return base::fail(WireFault::malformed, "an answer without a time");
    }
    return readTime(*jws, nonce, m_identity.gatewayKeys, m_identity.gateway);
}

} // namespace glovebox::wire
