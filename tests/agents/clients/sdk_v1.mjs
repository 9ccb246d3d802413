// SPDX-License-Identifier: Apache-2.0
// The official TypeScript SDK, version 1: revision 2025-11-25, over stdio or HTTP.
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import { answerOf, headers, journey, main, server } from './lib.mjs';

main(async () => {
  const client = new Client({ name: 'client-test', version: '0' });
  await client.connect(
    process.env.GLOVEBOX_TRANSPORT === 'http'
      ? new StreamableHTTPClientTransport(new URL(server.url), { requestInit: { headers } })
      : new StdioClientTransport({ command: server.command, args: server.args, stderr: 'inherit' }),
  );
  await journey({
    list: async () => (await client.listTools()).tools.map((tool) => tool.name),
    call: async (name, args) => answerOf(await client.callTool({ name, arguments: args })),
  });
  await client.close();
});
