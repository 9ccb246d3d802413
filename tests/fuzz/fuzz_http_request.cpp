// SPDX-License-Identifier: Apache-2.0
// Bytes of a hostile peer to the HTTP reader: what is whole keeps to its bounds, and where the bytes break
// changes nothing.
#include "mcp/http_request.h"

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <vector>

using namespace glovebox;
using Reader = mcp::HttpRequestReader;

namespace
{

constexpr std::size_t kBody_bytes_max = 512;

void require(bool holds)
{
    if (!holds) {
        std::abort();
    }
}

struct Seen
{
    std::vector<std::string> requests;
    int status = 0;
    bool operator==(const Seen &) const = default;
};

Seen read(std::string_view bytes, std::size_t step)
{
    Reader reader(kBody_bytes_max);
    Seen seen;
    for (std::size_t at = 0; at < bytes.size(); at += step) {
        auto progress = reader.take(bytes.substr(at, step));
        while (progress == Reader::Progress::whole) {
            const mcp::HttpRequest &request = reader.request();
            require(request.body.size() <= kBody_bytes_max);
            require(request.fields.size() <= mcp::kHttpFields_count_max);
            require(request.target.size() <= mcp::kHttpTarget_bytes_max);
            std::string text = request.method + ' ' + request.target + '\n';
            for (const auto &[name, value] : request.fields) {
                require(value.find_first_of("\r\n") == std::string::npos);
                text += name + '=' + value + '\n';
            }
            seen.requests.push_back(text + request.body);
            progress = reader.next();
        }
        if (progress == Reader::Progress::malformed) {
            seen.status = reader.status();
            require(seen.status >= 400 && seen.status < 600);
            break;
        }
    }
    return seen;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    if (size == 0) {
        return 0;
    }
    const std::string_view bytes(reinterpret_cast<const char *>(data) + 1, size - 1);
    const std::size_t step = 1 + data[0];
    require(read(bytes, step) == read(bytes, mcp::kHttpPart_bytes_max));
    return 0;
}
