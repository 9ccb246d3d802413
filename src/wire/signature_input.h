// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/bytes.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace glovebox::wire
{

/// The value of Signature-Input (RFC 9421 section 4.1) as far as our profile goes.
struct SignatureInput
{
    std::vector<std::string> components;
    std::int64_t created_s = 0; // not negative
    std::string keyId;
    std::string algorithm;
    std::string nonce;
    std::string tag;
};

/// The inner list with its parameters, as RFC 8941 section 4.1 writes it.
[[nodiscard]] std::string serialise(const SignatureInput &input);

/// Exactly one member, with this label, in exactly the form of serialise(): structured fields have many
/// spellings, we send one and take one. Nothing for anything else: another or a second label, parameters that
/// are unknown, missing, doubled or of another type, doubled components, components with parameters.
[[nodiscard]] std::optional<SignatureInput> parseSignatureInput(std::string_view field,
                                                                std::string_view label);

/// `label=:base64:`, and nothing else.
[[nodiscard]] std::optional<base::Bytes> parseByteSequence(std::string_view field, std::string_view label);

} // namespace glovebox::wire
