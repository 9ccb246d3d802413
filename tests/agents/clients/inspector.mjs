// SPDX-License-Identifier: Apache-2.0
// The MCP inspector's command line; each call is a session of its own.
import { answerOf, journey, main, run, server } from './lib.mjs';

const inspect = async (...method) =>
  JSON.parse(await run(process.execPath, ['node_modules/.bin/mcp-inspector', '--cli', '--quiet', ...method, '--', server.command, ...server.args]));

main(() =>
  journey({
    list: async () => (await inspect('--method', 'tools/list')).tools.map((tool) => tool.name),
    call: async (name, args) =>
      answerOf(await inspect('--method', 'tools/call', '--tool-name', name, '--tool-args-json', JSON.stringify(args))),
  }));
