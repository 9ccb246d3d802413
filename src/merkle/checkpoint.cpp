// SPDX-License-Identifier: Apache-2.0
#include "merkle/checkpoint.h"

#include <algorithm>
#include <charconv>

namespace glovebox::merkle
{

namespace
{

constexpr std::size_t kOrigin_max = 255;

/// The next line without its end; nothing where there is none.
std::optional<std::string_view> takeLine(std::string_view &text)
{
    const std::size_t end = text.find('\n');
    if (end == std::string_view::npos) {
        return std::nullopt;
    }
    const std::string_view line = text.substr(0, end);
    text.remove_prefix(end + 1);
    return line;
}

bool isOrigin(std::string_view line)
{
    return !line.empty() && line.size() <= kOrigin_max &&
           std::ranges::none_of(line, [](char c) { return c <= ' ' || c == '+' || c > '~'; });
}

} // namespace

std::string textOf(const Checkpoint &checkpoint)
{
    return checkpoint.origin + '\n' + std::to_string(checkpoint.size) + '\n' +
           base::toBase64(checkpoint.root) + '\n';
}

std::optional<Checkpoint> checkpointFromText(std::string_view text)
{
    const std::string_view whole = text;
    const auto origin = takeLine(text);
    const auto size = takeLine(text);
    const auto root = takeLine(text);
    if (!origin || !size || !root || !text.empty() || !isOrigin(*origin)) {
        return std::nullopt;
    }
    Checkpoint checkpoint;
    checkpoint.origin = *origin;
    const auto [end, error] = std::from_chars(size->data(), size->data() + size->size(), checkpoint.size);
    const auto hash = base::fromBase64(*root);
    if (error != std::errc{} || end != size->data() + size->size() || !hash ||
        hash->size() != checkpoint.root.size()) {
        return std::nullopt;
    }
    std::ranges::copy(*hash, checkpoint.root.begin());
    // Leading zeros and whatever else has two forms.
    return textOf(checkpoint) == whole ? std::optional(checkpoint) : std::nullopt;
}

} // namespace glovebox::merkle
