// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/json.h"

namespace glovebox::testing
{

/// The configuration of docs/formats.md; the key is that of RFC 7515, appendix A.3.
inline base::Json exampleConfig()
{
    return base::Json::parse(R"({
      "state_dir": "/var/lib/glovebox",
      "driver_socket": "/run/glovebox/driver/driver.sock",
      "bus": "system",
      "uids": { "cockpit": 991, "agents": [992], "admins": [0] },
      "agents": [ { "id": "assistant", "name": "Assistant",
                    "token_sha256": "0000000000000000000000000000000000000000000000000000000000000000" } ],
      "signing_key": "file:/var/lib/glovebox/keys/signing.pem",
      "sealing_key": "/var/lib/glovebox/keys/sealing.key",
      "gateway": { "id": "sandbox", "url": "https://127.0.0.1:8443", "ca_file": "/etc/glovebox/ca.pem",
                   "wallet_id": "w-1", "sandbox": true,
                   "keys": [ { "kty": "EC", "crv": "P-256", "x": "f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU",
                               "y": "x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0" } ] },
      "viss": { "url": "ws://127.0.0.1:8090", "paths": { "speed": "Vehicle.Speed" }, "has_park_gear": true },
      "driver": { "id": "mia", "locale": "en" },
      "instrument": { "reference": "tok_demo", "label": "Visa 42" },
      "permissions": { "kinds": ["fuel", "parking", "coffee"], "currency": "EUR",
                       "per_purchase_minor_max": 12000, "daily_minor_max": 20000,
                       "monthly_minor_max": 60000, "offline_unsettled_minor_max": 15000,
                       "open_proposals_max": 3, "proposals": { "burst": 60, "every_s": 120 } },
      "kinds_dir": null
    })");
}

} // namespace glovebox::testing
