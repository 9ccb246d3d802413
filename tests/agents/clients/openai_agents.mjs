// SPDX-License-Identifier: Apache-2.0
// The OpenAI Agents SDK: the tools as it gives them to an agent's model.
import { MCPServerStdio } from '@openai/agents';
import { answerOf, journey, main, server } from './lib.mjs';

main(async () => {
  const glovebox = new MCPServerStdio({ name: 'glovebox', command: server.command, args: server.args });
  await glovebox.connect();
  await journey({
    list: async () => (await glovebox.listTools()).map((tool) => tool.name),
    call: async (name, args) => answerOf(await glovebox.callTool(name, args)),
  });
  await glovebox.close();
});
