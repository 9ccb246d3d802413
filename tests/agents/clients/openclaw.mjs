// SPDX-License-Identifier: Apache-2.0
// OpenClaw: its configuration of MCP servers and `mcp probe`, which connects and lists what the server has. It has no command that calls a
// tool without a model.
import { mkdirSync, writeFileSync } from 'node:fs';
import { check, main, run, server } from './lib.mjs';

main(async () => {
  mkdirSync('.openclaw', { recursive: true });
  writeFileSync('.openclaw/openclaw.json', JSON.stringify({ mcp: { servers: { glovebox: { command: server.command, args: server.args } } } }));
  const output = await run(process.execPath, ['node_modules/openclaw/openclaw.mjs', 'mcp', 'probe', 'glovebox', '--json'], {
    env: { PATH: process.env.PATH, HOME: process.cwd(), NO_COLOR: '1' },
  });
  check(output.includes('propose_purchase') || /"tools":\s*5/.test(output), `mcp probe said: ${output}`);
  process.stdout.write(`${JSON.stringify({ done: 'probed: 5 tools' })}\n`);
});
