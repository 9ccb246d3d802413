// SPDX-License-Identifier: Apache-2.0
// Holds one session of the official MCP client open.
//
//   node propose.mjs -- /path/to/glovebox-mcp --bus ADDRESS --token-file FILE
//
// Prints {"ready":true,"server":…,"protocol":…,"tools":[names]} once the session stands. Then one JSON command per line on standard
// input: {"call":"propose_purchase","arguments":{…},"id":anything}. "call" may also be "list_tools" or "ping". For each it prints
// one line, in the order in which answers come:
//   {"id":…,"call":…,"is_error":false,"result":{structured content},"text":"…"} or {"id":…,"call":…,"error":{"code":…,"message":…,"data":…}}
// End of input: waits for the answers that are owed, closes the session and ends with 0. Other ends: 64 wrong use, 69 no session.
import readline from 'node:readline';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';

const print = (value) => process.stdout.write(`${JSON.stringify(value)}\n`);

const separator = process.argv.indexOf('--');
const [command, ...args] = separator < 0 ? [] : process.argv.slice(separator + 1);
if (!command) {
  process.stderr.write('usage: propose.mjs -- PATH-OF-GLOVEBOX-MCP ARGUMENT...\n');
  process.exit(64);
}

// The environment is the client's own short default, as assistants give it.
const transport = new StdioClientTransport({ command, args, stderr: 'inherit' });
let protocol = null;
transport.setProtocolVersion = (version) => {
  protocol = version;
};
const client = new Client({ name: 'glovebox-agent-tests', version: '0' });

async function run(request) {
  switch (request.call) {
    case 'ping':
      return { result: await client.ping() };
    case 'list_tools':
      return { result: await client.listTools() };
    default: {
      const answer = await client.callTool({ name: request.call, arguments: request.arguments ?? {} });
      return {
        is_error: answer.isError === true,
        result: answer.structuredContent,
        text: answer.content?.find((part) => part.type === 'text')?.text,
      };
    }
  }
}

async function handle(line) {
  let request = {};
  try {
    request = JSON.parse(line);
    print({ id: request.id, call: request.call, ...(await run(request)) });
  } catch (error) {
    print({ id: request.id, call: request.call, error: { code: error.code ?? null, message: error.message, data: error.data ?? null } });
  }
}

try {
  await client.connect(transport);
  // The client checks structured content against the output schemas only after it has read them.
  const { tools } = await client.listTools();
  print({
    ready: true,
    server: client.getServerVersion(),
    protocol,
    tools: tools.map((tool) => tool.name),
  });
} catch (error) {
  process.stderr.write(`propose.mjs: no session: ${error.message}\n`);
  process.exit(69);
}
client.onclose = () => process.stderr.write('propose.mjs: the session is closed\n');

const owed = new Set();
for await (const line of readline.createInterface({ input: process.stdin })) {
  if (line.trim() !== '') {
    const answer = handle(line);
    owed.add(answer);
    answer.finally(() => owed.delete(answer));
  }
}
await Promise.all(owed);
client.onclose = undefined;
await client.close();
