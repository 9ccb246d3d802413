// SPDX-License-Identifier: Apache-2.0
// What every client has to do: connect, list, propose, and read the outcome after the driver has pressed Pay.
import { spawn } from 'node:child_process';
import readline from 'node:readline';

// {command, args, url, token, requestId} of the server; the token only over HTTP.
export const server = JSON.parse(process.env.GLOVEBOX_CLIENT);
export const headers = { Authorization: `Bearer ${server.token}` };

const tools = ['find_merchants', 'get_payment_permissions', 'get_purchase', 'propose_purchase', 'withdraw_purchase'];
export const proposal = {
  request_id: server.requestId,
  kind: 'parking',
  merchant_id: 'garage-marktplatz',
  amount: { type: 'exact', value: 1250, currency: 'EUR' },
  place: { type: 'gate', label: '2' },
};

const print = (value) => process.stdout.write(`${JSON.stringify(value)}\n`);
const lines = readline.createInterface({ input: process.stdin })[Symbol.asyncIterator]();

export function check(condition, message) {
  if (!condition) {
    throw new Error(message);
  }
}

/** The driver presses Pay on the card of this purchase. */
export async function approve(purchaseId) {
  print({ approve: purchaseId });
  const answer = JSON.parse((await lines.next()).value);
  check(!answer.error, `the driver could not approve: ${answer.error}`);
}

/** `list()` gives the names of the tools as the client knows them, `call(name, arguments)` the daemon's object. */
export async function journey({ list, call, named = (name) => name }) {
  const names = await list();
  for (const tool of tools) {
    check(names.some((name) => name === tool || name.endsWith(`_${tool}`) || name.endsWith(`:${tool}`) || name.endsWith(`/${tool}`)),
      `${tool} is not among ${names}`);
  }
  const { merchants } = await call(named('find_merchants'), { kind: 'parking' });
  check(merchants.some((merchant) => merchant.merchant_id === proposal.merchant_id), 'the garage is not found');
  const proposed = await call(named('propose_purchase'), proposal);
  check(proposed.paid === false && ['held', 'presented'].includes(proposed.state), `proposed: ${JSON.stringify(proposed)}`);
  await approve(proposed.purchase_id);
  for (let round = 0; round < 6; ++round) {
    const purchase = await call(named('get_purchase'), { purchase_id: proposed.purchase_id, wait_s: 20 });
    if (purchase.final || purchase.paid) {
      check(purchase.paid === true && purchase.captured_minor === 1250, `in the end: ${JSON.stringify(purchase)}`);
      print({ done: `listed ${names.length} tools, proposed, approved, paid` });
      return;
    }
  }
  throw new Error('it was never paid');
}

/** The daemon's object out of a CallToolResult, or out of its text. */
export function answerOf(result) {
  if (typeof result === 'string') {
    return JSON.parse(result);
  }
  if (result?.structuredContent) {
    return result.structuredContent;
  }
  const part = Array.isArray(result) ? result[0] : result?.content?.find((entry) => entry.type === 'text');
  check(part, `no answer in ${JSON.stringify(result)}`);
  return answerOf(typeof part === 'string' ? part : part.text);
}

/** Runs a command line client to its end; standard output. */
export function run(command, args, options = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'], ...options });
    let output = '';
    let errors = '';
    child.stdout.on('data', (bytes) => (output += bytes));
    child.stderr.on('data', (bytes) => (errors += bytes));
    child.on('error', reject);
    child.on('close', (code) =>
      code === 0 ? resolve(output) : reject(new Error(`${args.join(' ')} ended with ${code}: ${errors}${output}`)));
  });
}

export function main(body) {
  body().then(
    () => process.exit(0),
    (error) => {
      print({ failed: error.stack ?? String(error) });
      process.exit(1);
    },
  );
}
