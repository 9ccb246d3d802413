// SPDX-License-Identifier: Apache-2.0
// mcporter's command line, with a configuration file as its users write it. Its JSON is the structured content itself.
import { writeFileSync } from 'node:fs';
import { journey, main, run, server } from './lib.mjs';

writeFileSync('mcporter.json', JSON.stringify({ mcpServers: { glovebox: { command: server.command, args: server.args } } }));
const mcporter = (...args) =>
  run(process.execPath, ['node_modules/mcporter/dist/cli.js', '--config', 'mcporter.json', ...args], { env: { ...process.env, HOME: process.cwd() } });

main(() =>
  journey({
    list: async () => JSON.parse(await mcporter('list', 'glovebox', '--schema', '--json')).tools.map((tool) => tool.name),
    call: async (name, args) =>
      JSON.parse(await mcporter('call', `glovebox.${name}`, '--args', JSON.stringify(args), '--output', 'json')),
  }));
