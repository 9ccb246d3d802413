// SPDX-License-Identifier: Apache-2.0
// The MCP inspector's command line; each call is a session of its own.
import { answerOf, journey, main, run, server } from './lib.mjs';

const inspect = async (...method) =>
  JSON.parse(await run(process.execPath, ['node_modules/.bin/mcp-inspector', '--cli', server.command, '--method', ...method, '--', ...server.args]));

main(() =>
  journey({
    list: async () => (await inspect('tools/list')).tools.map((tool) => tool.name),
    call: async (name, args) =>
      answerOf(await inspect('tools/call', '--tool-name', name, '--tool-arg',
        ...Object.entries(args).map(([key, value]) => `${key}=${typeof value === 'object' ? JSON.stringify(value) : value}`))),
  }));
