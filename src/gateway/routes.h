// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "payment/ids.h"

#include <array>
#include <optional>
#include <string>
#include <string_view>

namespace glovebox::gateway
{

enum class Route {
    health,
    metrics,
    time,
    directory,
    events,
    submit,
    status,
    cancel,
    checkpoint,
    complete,
    release
};

/// Who may ask: whose key signs the request.
enum class Asker { anybody, tokenHolder, car, merchant };

struct RouteEntry
{
    Route route;
    Asker asker;
    const char *method;
    const char *path; // {approval_id} stands for one
    bool query;       // takes one
};

/// Every request that the gateway answers: requests are dispatched by this table, and
/// docs/gateway-openapi.json is compared with it.
inline constexpr std::array kRoutes{
    RouteEntry{Route::health, Asker::anybody, "GET", "/v1/health", false},
    RouteEntry{Route::metrics, Asker::tokenHolder, "GET", "/metrics", false},
    RouteEntry{Route::time, Asker::car, "GET", "/v1/time", true},
    RouteEntry{Route::directory, Asker::car, "GET", "/v1/directory", false},
    RouteEntry{Route::events, Asker::car, "GET", "/v1/events", true},
    RouteEntry{Route::submit, Asker::car, "POST", "/v1/approvals", false},
    RouteEntry{Route::status, Asker::car, "GET", "/v1/approvals/{approval_id}", false},
    RouteEntry{Route::cancel, Asker::car, "POST", "/v1/approvals/{approval_id}/void", false},
    RouteEntry{Route::checkpoint, Asker::car, "POST", "/v1/checkpoints", false},
    RouteEntry{Route::complete, Asker::merchant, "POST", "/v1/merchant/approvals/{approval_id}/complete",
               false},
    RouteEntry{Route::release, Asker::merchant, "POST", "/v1/merchant/approvals/{approval_id}/release",
               false}};

struct RouteMatch
{
    const RouteEntry *entry = nullptr;
    payment::ApprovalId approval; // where its path names one
};
/// `query` as a request has it: "?" where there is none.
[[nodiscard]] std::optional<RouteMatch> routeOf(std::string_view method, std::string_view path,
                                                std::string_view query);
/// "GET /v1/events", or "none": for counters and logs, without what identifies anybody.
[[nodiscard]] std::string labelOf(const std::optional<RouteMatch> &match);

} // namespace glovebox::gateway
