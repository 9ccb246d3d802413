// SPDX-License-Identifier: Apache-2.0
// LangChain's adapters: the tools as LangChain tools.
import { MultiServerMCPClient } from '@langchain/mcp-adapters';
import { answerOf, journey, main, server } from './lib.mjs';

main(async () => {
  const client = new MultiServerMCPClient({
    mcpServers: { glovebox: { transport: 'stdio', command: server.command, args: server.args } },
  });
  const tools = await client.getTools();
  await journey({
    list: async () => tools.map((tool) => tool.name),
    call: async (name, args) => answerOf(await tools.find((tool) => tool.name === name).invoke(args)),
  });
  await client.close();
});
