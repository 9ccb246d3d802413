// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "wire/checkpoints.h"
#include "wire/http_signature.h"
#include "wire/messages.h"

#include <optional>
#include <string>
#include <vector>

namespace glovebox::wire
{

/// One signed request, ready to be sent below the gateway's base URL.
struct CarRequest
{
    std::string method;
    std::string path;                                         // with query
    std::vector<std::pair<std::string, std::string>> headers; // lower case names
    std::string body;
};

/// What an answer about one approval proves.
struct ApprovalAnswer
{
    enum class Kind {
        receipt,      // verified, and about this approval
        refusal,      // signed: never accepted and never will be; `refusalCode` says why
        unverifiable, // says something that its signature, or its content, does not carry: counts, moves
                      // nothing
        unavailable,  // says nothing that is signed: an outage, whatever its status code
    };
    Kind kind = Kind::unavailable;
    Receipt receipt;
    std::string refusalCode;
    std::string detail; // for the log
};

/// The car's end of the conversation with its gateway: signs what goes out, believes only what is signed
/// under a pinned key and is about this car. Keeps no state between calls.
class CarChannel
{
public:
    struct Identity
    {
        std::string gateway;
        payment::WalletId wallet;
        std::vector<crypto::PublicKey> gatewayKeys; // pinned
        std::string keyId;                          // RFC 7638 thumbprint of the car's key
        SignMessage sign;
        std::optional<crypto::CosignerKey> witness = std::nullopt; // pinned; nothing: nobody cosigns
    };
    explicit CarChannel(Identity identity);

    // `created_s` is the car's wall time in seconds; the gateway binds by nonce, not by it.
    [[nodiscard]] crypto::KeyResult<CarRequest>
    submit(const payment::ApprovalId &id, const std::string &approvalJws, std::int64_t created_s) const;
    [[nodiscard]] crypto::KeyResult<CarRequest> status(const payment::ApprovalId &id,
                                                       std::int64_t created_s) const;
    [[nodiscard]] crypto::KeyResult<CarRequest> cancel(const payment::ApprovalId &id,
                                                       std::int64_t created_s) const;
    [[nodiscard]] crypto::KeyResult<CarRequest> events(std::int64_t after, std::int64_t created_s) const;
    [[nodiscard]] crypto::KeyResult<CarRequest> directory(std::int64_t created_s) const;
    [[nodiscard]] crypto::KeyResult<CarRequest> time(const std::string &nonce, std::int64_t created_s) const;
    [[nodiscard]] static std::string makeNonce();
    /// Only with a witness.
    [[nodiscard]] crypto::KeyResult<CarRequest> checkpoint(const CheckpointRequest &request,
                                                           std::int64_t created_s) const;
    [[nodiscard]] bool hasWitness() const { return m_identity.witness.has_value(); }

    /// To submit, status and cancel.
    [[nodiscard]] ApprovalAnswer readAnswer(int status, std::string_view body,
                                            const std::string &approvalJws) const;
    /// To checkpoint().
    [[nodiscard]] CheckpointAnswer readAnswer(int status, std::string_view body,
                                              const CheckpointRequest &sent) const;
    /// An event about an approval of ours. Nothing: it is; otherwise why not.
    [[nodiscard]] std::optional<WireFault> check(const Receipt &receipt,
                                                 const std::string &approvalJws) const;
    /// The revision of a stored receipt of ours; -1 where there is none.
    [[nodiscard]] static std::int64_t revisionOf(const std::string &storedReceiptJws);

    // Body -> what it says, verified, from this gateway and for this wallet.
    [[nodiscard]] WireResult<Events> readEventsAnswer(std::string_view body, std::int64_t after) const;
    [[nodiscard]] WireResult<Directory> readDirectoryAnswer(std::string_view body, std::string *jws) const;
    [[nodiscard]] WireResult<base::WallTime> readTimeAnswer(std::string_view body,
                                                            const std::string &nonce) const;

private:
    [[nodiscard]] crypto::KeyResult<CarRequest> makeRequest(SignedParts parts, std::int64_t created_s,
                                                            const std::string &nonce) const;
    Identity m_identity;
};

} // namespace glovebox::wire
