// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <chrono>
#include <cstdint>
#include <map>
#include <mutex>
#include <string>
#include <utility>

namespace glovebox::gateway
{

/// Counts since the start of this instance, as Prometheus reads them (text format 0.0.4). No label names a
/// car, a merchant or an approval. Thread-safe.
class Metrics
{
public:
    using Span = std::chrono::steady_clock::duration;

    void request(const std::string &route, int status, Span took);
    void receipt(std::string_view outcome); // each one that was signed and written
    void processor(std::string_view answer, Span took);
    void ledgerFailure();
    [[nodiscard]] std::string text(bool healthy) const;

private:
    static constexpr std::array kBounds_ms{5, 25, 100, 500, 2500, 10'000};
    struct Histogram
    {
        std::array<std::uint64_t, kBounds_ms.size()> upTo{};
        std::uint64_t count = 0;
        Span sum{};
        void add(Span took);
    };
    static void print(std::string &out, const char *name, const Histogram &histogram);

    mutable std::mutex m_mutex;
    std::map<std::pair<std::string, int>, std::uint64_t> m_requests;
    std::map<std::string, std::uint64_t, std::less<>> m_receipts;
    std::map<std::string, std::uint64_t, std::less<>> m_processor;
    std::uint64_t m_ledgerFailures = 0;
    Histogram m_requestTime;
    Histogram m_processorTime;
};

} // namespace glovebox::gateway
