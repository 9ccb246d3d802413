// SPDX-License-Identifier: Apache-2.0
// mcp-remote: a host that knows stdio alone reaches the server over HTTP through it.
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
import { answerOf, journey, main, server } from './lib.mjs';

main(async () => {
  const client = new Client({ name: 'client-test', version: '0' });
  await client.connect(
    new StdioClientTransport({
      command: process.execPath,
      args: ['node_modules/mcp-remote/dist/proxy.js', server.url, '--allow-http', '--transport', 'http-only', '--header',
        `Authorization:Bearer ${server.token}`],
      env: { PATH: process.env.PATH, HOME: process.cwd() },
      stderr: 'ignore',
    }),
  );
  await journey({
    list: async () => (await client.listTools()).tools.map((tool) => tool.name),
    call: async (name, args) => answerOf(await client.callTool({ name, arguments: args })),
  });
  await client.close();
});
