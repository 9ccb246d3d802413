// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QByteArray>

#include <vector>

/// A text that a session refuses before initialize, the code, and the id (as JSON) that it refuses it under.
struct Refusal
{
    const char *name;
    QByteArray text;
    int code;
    QByteArray id;
};

/// In a file of its own: moc loses its way in raw strings that end in a quote.
[[nodiscard]] std::vector<Refusal> refusals();
