// SPDX-License-Identifier: Apache-2.0
#include "tests/unit/mcp/refusals.h"

namespace
{

/// What the strict reader refuses inside a request whose id can be seen: its client would wait for ever.
void addHalfReadable(std::vector<Refusal> &all)
{
    const auto row = [&](const char *name, const QByteArray &text, int code, const char *id) {
        all.push_back({name, text, code, id});
    };
    const auto inside = [&](const char *name, const QByteArray &params, const char *id = "7") {
        row(name, R"({"method":"tools/call","params":)" + params + R"(,"jsonrpc":"2.0","id":)" + id + '}',
            -32700, id);
    };
    inside("lone surrogate inside", R"({"x":"a\ud800b"})");
    inside("too deep inside", QByteArray(20, '[') + QByteArray(20, ']'));
    inside("too deep inside, with ids", QByteArray(R"({"id":)").repeated(20) + '1' + QByteArray(20, '}'));
    inside("duplicate key inside", R"({"x":1,"x":2})");
    inside("control character inside", "{\"x\":\"\t\"}");
    inside("above every double inside", R"({"x":1e400})");
    inside("a comma too much inside", R"({"x":1,})", R"("text")");
    inside("invalid UTF-8 inside", "{\"x\":\"\xC3\x28\"}", "-1");
    inside("quotes and braces in texts", R"({"x":"\"}],\"id\":9,{","y":"\\","y":1})");
    row("escaped id", R"({"jsonrpc":"2.0","method":"ping","\u0069d":7,"x":1e400})", -32700, "7");
    row("two ids beside a fault", R"({"id":1,"x":1e400,"id":2})", -32700, "null");
    row("an id inside only", R"({"params":{"id":1},"x":1e400})", -32700, "null");
    row("an id that is none beside a fault", R"({"id":[1],"x":1e400})", -32700, "null");
    row("the id of another text", R"({"x":1e400} {"id":1})", -32700, "null");
    row("a bracket too few", R"({"id":1,"params":{"x":"y":1}}})", -32700, "1");
}

} // namespace

std::vector<Refusal> refusals()
{
    std::vector<Refusal> all;
    const auto row = [&](const char *name, const QByteArray &text, int code, const char *id) {
        all.push_back({name, text, code, id});
    };
    row("no JSON", "hello", -32700, "null");
    row("truncated", R"({"jsonrpc":"2.0","id":1)", -32700, "null");
    row("two values", R"({"jsonrpc":"2.0","id":1,"method":"ping"} {})", -32700, "null");
    row("duplicate key", R"({"jsonrpc":"2.0","id":1,"id":2,"method":"ping"})", -32700, "null");
    row("duplicate key, escaped", R"({"jsonrpc":"2.0","id":1,"\u0069d":2,"method":"ping"})", -32700, "null");
    row("invalid UTF-8", QByteArray("{\"jsonrpc\":\"2.0\",\"id\":\"\xC3\x28\",\"method\":\"ping\"}"), -32700,
        "null");
    row("byte order mark", "\xEF\xBB\xBF{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"}", -32700, "null");
    row("NUL", QByteArray("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"}\0", 41), -32700, "null");
    row("lone surrogate", R"({"jsonrpc":"2.0","id":"\ud800","method":"ping"})", -32700, "null");
    row("too deep", QByteArray(40, '[') + QByteArray(40, ']'), -32700, "null");
    row("a number", "1", -32600, "null");
    row("a string", R"("ping")", -32600, "null");
    row("no jsonrpc", R"({"id":1,"method":"ping"})", -32600, "1");
    row("jsonrpc 1.0", R"({"jsonrpc":"1.0","id":1,"method":"ping"})", -32600, "1");
    row("no method", R"({"jsonrpc":"2.0","id":1})", -32600, "1");
    row("method not a string", R"({"jsonrpc":"2.0","id":1,"method":2})", -32600, "1");
    row("id null", R"({"jsonrpc":"2.0","id":null,"method":"ping"})", -32600, "null");
    row("id a fraction", R"({"jsonrpc":"2.0","id":1.5,"method":"ping"})", -32600, "null");
    row("id a float of integral value", R"({"jsonrpc":"2.0","id":1.0,"method":"ping"})", -32600, "null");
    row("id beyond 64 bits", R"({"jsonrpc":"2.0","id":18446744073709551616,"method":"ping"})", -32600,
        "null");
    row("id true", R"({"jsonrpc":"2.0","id":true,"method":"ping"})", -32600, "null");
    row("id an object", R"({"jsonrpc":"2.0","id":{},"method":"ping"})", -32600, "null");
    row("params a string", R"({"jsonrpc":"2.0","id":1,"method":"ping","params":"x"})", -32600, "1");
    row("params null", R"({"jsonrpc":"2.0","id":1,"method":"ping","params":null})", -32600, "1");
    row("params an array", R"({"jsonrpc":"2.0","id":1,"method":"ping","params":[]})", -32602, "1");
    row("unknown method", R"({"jsonrpc":"2.0","id":1,"method":"no/such"})", -32601, "1");
    row("prompts", R"({"jsonrpc":"2.0","id":1,"method":"prompts/list"})", -32601, "1");
    row("resources before initialize", R"({"jsonrpc":"2.0","id":"x","method":"resources/list","params":{}})",
        -32600, "\"x\"");
    row("server/discover without _meta", R"({"jsonrpc":"2.0","id":1,"method":"server/discover"})", -32602,
        "1");
    row("tools before initialize", R"({"jsonrpc":"2.0","id":1,"method":"tools/list"})", -32600, "1");
    row("call before initialize", R"({"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"now"}})",
        -32600, "1");
    row("initialize without params", R"({"jsonrpc":"2.0","id":1,"method":"initialize"})", -32602, "1");
    row("initialize with a number as revision",
        R"({"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":1}})", -32602, "1");
    row("initialize with an array of capabilities",
        R"({"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-11-25","capabilities":[]}})",
        -32602, "1");
    row("batch before initialize", R"([{"jsonrpc":"2.0","id":1,"method":"ping"}])", -32600, "null");
    row("empty batch", "[]", -32600, "null");
    row("over 64 KiB, under its id",
        R"({"jsonrpc":"2.0","id":7,"method":"ping","params":{"x":")" + QByteArray(65536, 'x') + "\"}}",
        -32600, "7");
    row("over 1 MiB", QByteArray(1048577, ' '), -32600, "null");
    row("over 1 MiB, under its id",
        R"({"method":"ping","params":{"x":")" + QByteArray(1500000, 'x') +
            R"("},"jsonrpc":"2.0","id":"last"})",
        -32600, "\"last\"");
    addHalfReadable(all);
    return all;
}
