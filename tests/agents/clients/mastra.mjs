// SPDX-License-Identifier: Apache-2.0
// Mastra's MCP client: the tools as an agent of Mastra has them. A tool gives the structured content itself.
import { MCPClient } from '@mastra/mcp';
import { journey, main, server } from './lib.mjs';

main(async () => {
  const client = new MCPClient({ servers: { glovebox: { command: server.command, args: server.args } }, timeout: 60000 });
  const tools = await client.listTools();
  await journey({
    list: async () => Object.keys(tools),
    named: (name) => `glovebox_${name}`,
    call: async (name, args) => tools[name].execute(args, {}),
  });
  await client.disconnect();
});
