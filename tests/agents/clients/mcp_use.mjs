// SPDX-License-Identifier: Apache-2.0
// mcp-use, a client for agents in TypeScript: version 1. Version 2 leaves the client to a package of its own.
import { MCPClient } from 'mcp-use/client';
import { answerOf, journey, main, server } from './lib.mjs';

main(async () => {
  const client = new MCPClient({ mcpServers: { glovebox: { command: server.command, args: server.args } } });
  const session = await client.createSession('glovebox');
  await journey({
    list: async () => (await session.listTools()).map((tool) => tool.name),
    call: async (name, args) => answerOf(await session.callTool(name, args)),
  });
  await client.closeAllSessions();
});
