// SPDX-License-Identifier: Apache-2.0
#include "gateway/metrics.h"

#include <cstdio>

namespace glovebox::gateway
{

namespace
{

/// 1500 ms is "1.5": what a bound's label and a sum are written as.
std::string seconds(std::int64_t microseconds)
{
    std::array<char, 32> text{};
    std::snprintf(text.data(), text.size(), "%lld.%06lld", static_cast<long long>(microseconds / 1'000'000),
                  static_cast<long long>(microseconds % 1'000'000));
    std::string all = text.data();
    all.erase(all.find_last_not_of('0') + 1);
    return all.ends_with('.') ? all.substr(0, all.size() - 1) : all;
}

void head(std::string &out, const char *name, const char *type, const char *help)
{
    out.append("# HELP ").append(name).append(" ").append(help).append("\n# TYPE ").append(name);
    out.append(" ").append(type).append("\n");
}

void sample(std::string &out, const std::string &name, const std::string &labels, std::uint64_t value)
{
    out.append(name).append(labels.empty() ? "" : "{" + labels + "}").append(" ");
    out.append(std::to_string(value)).append("\n");
}

std::string label(const char *name, const std::string &value)
{
    return std::string(name) + "=\"" + value + "\""; // all values are ours: nothing to escape
}

} // namespace

void Metrics::Histogram::add(Span took)
{
    for (std::size_t i = 0; i < kBounds_ms.size(); ++i) {
        upTo[i] += took <= std::chrono::milliseconds(kBounds_ms[i]) ? 1 : 0;
    }
    ++count;
    sum += took;
}

void Metrics::request(const std::string &route, int status, Span took)
{
    const std::scoped_lock lock(m_mutex);
    ++m_requests[{route, status}];
    m_requestTime.add(took);
}

void Metrics::receipt(std::string_view outcome)
{
    const std::scoped_lock lock(m_mutex);
    ++m_receipts[std::string(outcome)];
}

void Metrics::processor(std::string_view answer, Span took)
{
    const std::scoped_lock lock(m_mutex);
    ++m_processor[std::string(answer)];
    m_processorTime.add(took);
}

void Metrics::ledgerFailure()
{
    const std::scoped_lock lock(m_mutex);
    ++m_ledgerFailures;
}

void Metrics::print(std::string &out, const char *name, const Histogram &histogram)
{
    const std::string base = name;
    for (std::size_t i = 0; i < kBounds_ms.size(); ++i) {
        sample(out, base + "_bucket", label("le", seconds(std::int64_t{kBounds_ms[i]} * 1000)),
               histogram.upTo[i]);
    }
    sample(out, base + "_bucket", label("le", "+Inf"), histogram.count);
    const auto sum = std::chrono::duration_cast<std::chrono::microseconds>(histogram.sum).count();
    out.append(base).append("_sum ").append(seconds(sum)).append("\n");
    sample(out, base + "_count", {}, histogram.count);
}

std::string Metrics::text(bool healthy) const
{
    const std::scoped_lock lock(m_mutex);
    std::string out;
    head(out, "glovebox_gateway_healthy", "gauge", "1 while the ledger can be written.");
    sample(out, "glovebox_gateway_healthy", {}, healthy ? 1 : 0);
    head(out, "glovebox_gateway_requests_total", "counter", "Requests by route and HTTP status.");
    for (const auto &[key, count] : m_requests) {
        sample(out, "glovebox_gateway_requests_total",
               label("route", key.first) + "," + label("status", std::to_string(key.second)), count);
    }
    head(out, "glovebox_gateway_request_seconds", "histogram", "From the whole request to its answer.");
    print(out, "glovebox_gateway_request_seconds", m_requestTime);
    head(out, "glovebox_gateway_receipts_total", "counter", "Receipts written, by outcome.");
    for (const auto &[outcome, count] : m_receipts) {
        sample(out, "glovebox_gateway_receipts_total", label("outcome", outcome), count);
    }
    head(out, "glovebox_gateway_processor_answers_total", "counter", "Answers of the processor.");
    for (const auto &[answer, count] : m_processor) {
        sample(out, "glovebox_gateway_processor_answers_total", label("answer", answer), count);
    }
    head(out, "glovebox_gateway_processor_seconds", "histogram", "Waiting for the processor.");
    print(out, "glovebox_gateway_processor_seconds", m_processorTime);
    head(out, "glovebox_gateway_ledger_failures_total", "counter", "Reads and writes that failed.");
    sample(out, "glovebox_gateway_ledger_failures_total", {}, m_ledgerFailures);
    return out;
}

} // namespace glovebox::gateway
