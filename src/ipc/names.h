// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QLatin1String>

/// Names that both ends of the interfaces share; the interfaces themselves are Agent1.xml, Admin1.xml and
/// Driver.rep.
namespace glovebox::ipc
{

inline constexpr QLatin1String kBusName("org.glovebox.Daemon");
inline constexpr QLatin1String kAgentPath("/org/glovebox/Agent1");
inline constexpr QLatin1String kAdminPath("/org/glovebox/Admin1");
inline constexpr QLatin1String kAgentInterface("org.glovebox.Agent1");
inline constexpr QLatin1String kAdminInterface("org.glovebox.Admin1");

namespace error
{
inline constexpr QLatin1String kNotPermitted("org.glovebox.Error.NotPermitted");
inline constexpr QLatin1String kNoSession("org.glovebox.Error.NoSession");
inline constexpr QLatin1String kMalformed("org.glovebox.Error.Malformed");
inline constexpr QLatin1String kRefused("org.glovebox.Error.Refused");
inline constexpr QLatin1String kNotFound("org.glovebox.Error.NotFound");
inline constexpr QLatin1String kRateLimited("org.glovebox.Error.RateLimited");
inline constexpr QLatin1String kUnavailable("org.glovebox.Error.Unavailable");
inline constexpr QLatin1String kPairingByConfiguration("org.glovebox.Error.PairingByConfiguration");
} // namespace error

/// Name of the Driver source on its Qt Remote Objects host, and the scheme that both sides register for
/// sockets which they open themselves (QRemoteObjectHost::addHostSideConnection,
/// QRemoteObjectNode::addClientSideConnection).
inline constexpr QLatin1String kDriverObject("Driver");
inline constexpr QLatin1String kDriverScheme("custom:driver");

/// Longest text argument of a call, in bytes of UTF-8.
inline constexpr int kArgument_bytes_max = 65536;
/// Length of an agent's token in bytes.
inline constexpr int kToken_bytes_min = 32;
inline constexpr int kToken_bytes_max = 64;
/// Longest wait of GetPurchase; Qt's own D-Bus time-out is 25 s.
inline constexpr unsigned kWait_s_max = 20;

} // namespace glovebox::ipc
