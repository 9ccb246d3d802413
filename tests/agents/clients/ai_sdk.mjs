// SPDX-License-Identifier: Apache-2.0
// The AI SDK's MCP client, over HTTP: the tools as tools of generateText().
import { createMCPClient } from '@ai-sdk/mcp';
import { answerOf, headers, journey, main, server } from './lib.mjs';

main(async () => {
  const client = await createMCPClient({ transport: { type: 'http', url: server.url, headers } });
  const tools = await client.tools();
  await journey({
    list: async () => Object.keys(tools),
    call: async (name, args) => answerOf(await tools[name].execute(args, { messages: [], toolCallId: '1' })),
  });
  await client.close();
});
