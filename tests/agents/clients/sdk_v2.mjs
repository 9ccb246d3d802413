// SPDX-License-Identifier: Apache-2.0
// The official TypeScript SDK, version 2: revision 2026-07-28 where the server has it, over stdio or HTTP.
import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio';
import { answerOf, check, headers, journey, main, server } from './lib.mjs';

main(async () => {
  const client = new Client({ name: 'client-test', version: '0' }, { versionNegotiation: { mode: 'auto' } });
  await client.connect(
    process.env.GLOVEBOX_TRANSPORT === 'http'
      ? new StreamableHTTPClientTransport(new URL(server.url), { requestInit: { headers } })
      : new StdioClientTransport({ command: server.command, args: server.args, stderr: 'inherit' }),
  );
  check(client.getProtocolEra() === 'modern', `era ${client.getProtocolEra()}`);
  const { resources } = await client.listResources();
  for (const uri of ['glovebox://kinds/parking', 'glovebox://permissions']) {
    check(resources.some((resource) => resource.uri === uri), `${uri} is not among ${resources.map((resource) => resource.uri)}`);
  }
  await journey({
    list: async () => (await client.listTools()).tools.map((tool) => tool.name),
    call: async (name, args) => answerOf(await client.callTool({ name, arguments: args })),
  });
  await client.close();
});
