// SPDX-License-Identifier: Apache-2.0
// Installs other people's MCP clients and has each try a car: node run.mjs BUILD-FOLDER [NAME]. Exit codes: 0 every client passed, 1 one
// failed, 64 wrong use, 77 skipped: npm's registry is out of reach.
import { spawn, spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import readline from 'node:readline';

const here = path.dirname(new URL(import.meta.url).pathname);
const [build, only] = process.argv.slice(2);
const { node: nodes, clients } = JSON.parse(readFileSync(path.join(here, 'clients.json'), 'utf8'));
const chosen = clients.filter((client) => !only || client.name === only);
if (!build || chosen.length === 0) {
  process.stderr.write(`usage: run.mjs BUILD-FOLDER [${clients.map((client) => client.name).join('|')}]\n`);
  process.exit(64);
}
const cache = path.join(path.resolve(build), 'clients');
const programs = [];
process.on('exit', () => programs.forEach((program) => program.kill('SIGKILL')));

/** Packages in a folder of their own, once for each set of them. Nothing of theirs runs while it is installed. */
function install(folder, packages) {
  const mark = path.join(folder, 'installed');
  if (existsSync(mark) && readFileSync(mark, 'utf8') === packages.join(' ')) {
    return;
  }
  mkdirSync(folder, { recursive: true });
  writeFileSync(path.join(folder, 'package.json'), '{"private":true,"type":"module"}');
  const npm = spawnSync('npm', ['install', '--prefix', folder, '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error',
    '--legacy-peer-deps', '--fetch-retries=1', ...packages], { encoding: 'utf8' });
  if (npm.status !== 0) {
    if (/ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ETIMEDOUT|ENETUNREACH/.test(npm.stderr)) {
      process.stdout.write('skipped: the npm registry is out of reach\n');
      process.exit(77);
    }
    throw new Error(`npm install ${packages.join(' ')}: ${npm.stderr}`);
  }
  writeFileSync(mark, packages.join(' '));
}

function nodeOf(major) {
  const folder = path.join(cache, `node-${major}`);
  const name = `node-linux-${process.arch}`;
  install(folder, [`${name}@${nodes[major]}`]);
  return path.join(folder, 'node_modules', name, 'bin', 'node');
}

/** A program that says things in lines. */
function start(command, args, options = {}) {
  const program = spawn(command, args, { stdio: ['pipe', 'pipe', 'inherit'], ...options });
  programs.push(program);
  const lines = readline.createInterface({ input: program.stdout })[Symbol.asyncIterator]();
  const next = async () => {
    const { value, done } = await lines.next();
    if (done) {
      throw new Error(`${path.basename(command)} ended`);
    }
    return value;
  };
  return { program, next };
}

async function stop({ program }) {
  if (program.exitCode === null) {
    const ended = new Promise((resolve) => program.on('close', resolve));
    program.stdin.end();
    setTimeout(() => program.kill('SIGKILL'), 20000).unref();
    await ended;
  }
}

async function tryClient(client) {
  const folder = path.join(cache, client.name);
  install(folder, client.packages);
  const node = nodeOf(client.node);
  for (const file of ['lib.mjs', client.script]) {
    cpSync(path.join(here, file), path.join(folder, file));
  }
  const mcp = path.join(path.resolve(build), 'bin', 'glovebox-mcp');
  const used = { command: mcp, args: [], url: '', token: '', requestId: `${client.name}-1` };
  let car;
  let http;
  if (client.transport === 'conformance') {
    http = start(mcp, ['--conformance', '--http', '127.0.0.1:0']);
  } else {
    car = start(path.join(build, 'tests', 'glovebox-client-car'), [], { env: { ...process.env, QT_QPA_PLATFORM: 'offscreen', LC_ALL: 'C.UTF-8' } });
    const ready = JSON.parse(await car.next());
    used.args = ['--bus', ready.bus, '--token-file', ready.token_file];
    used.token = readFileSync(ready.token_file, 'utf8').trim();
    if (client.transport === 'http') {
      http = start(mcp, ['--bus', ready.bus, '--http', '127.0.0.1:0']);
    }
  }
  used.url = http ? await http.next() : '';
  const script = start(node, [client.script], {
    cwd: folder,
    env: { PATH: `${path.dirname(node)}:${process.env.PATH}`, HOME: folder, GLOVEBOX_CLIENT: JSON.stringify(used), GLOVEBOX_TRANSPORT: client.transport ?? 'stdio' },
  });
  try {
    for (;;) {
      let said;
      try {
        said = JSON.parse(await script.next());
      } catch (error) {
        if (error instanceof SyntaxError) {
          continue; // the client's own words
        }
        throw error;
      }
      if (said.approve) {
        car.program.stdin.write(`approve ${said.approve}\n`);
        script.program.stdin.write(`${await car.next()}\n`);
      } else if (said.failed) {
        throw new Error(said.failed);
      } else if (said.done) {
        return said.done;
      }
    }
  } finally {
    script.program.kill('SIGKILL');
    for (const program of [http, car].filter(Boolean)) {
      if (program === http) {
        program.program.kill();
      }
      await stop(program);
    }
  }
}

let failures = 0;
for (const client of chosen) {
  try {
    process.stdout.write(`ok    ${client.packages[0]} (${client.transport ?? 'stdio'}, node ${nodes[client.node]}): ${await tryClient(client)}\n`);
  } catch (error) {
    failures += 1;
    process.stdout.write(`FAIL  ${client.packages[0]} (${client.transport ?? 'stdio'}, node ${nodes[client.node]}): ${error.message}\n`);
  }
}
process.exit(failures === 0 ? 0 : 1);
