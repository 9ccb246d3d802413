// SPDX-License-Identifier: Apache-2.0
// Qwen Code through a whole turn. Its model is scripted and on loopback: it looks a merchant up, proposes, has the driver approve, and
// waits until it is paid, each by the tool that Qwen Code offers it. Qwen Code would keep an MCP server's tools behind a search of its own:
// alwaysLoadTools shows them to the model at once.
import { mkdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { answerOf, approve, check, main, proposal, run, server } from './lib.mjs';

const print = (value) => process.stdout.write(`${JSON.stringify(value)}\n`);
let purchase;
let offered = [];

/** What the model does next, given the answers of its tools so far. */
async function nextMove(answers) {
  const last = answers.length > 0 ? answerOf(answers.at(-1)) : null;
  switch (answers.length) {
    case 0:
      return ['find_merchants', { kind: 'parking' }];
    case 1:
      check(last.merchants.some((merchant) => merchant.merchant_id === proposal.merchant_id), 'the garage is not found');
      return ['propose_purchase', proposal];
    default:
      if (answers.length === 2) {
        check(['held', 'presented'].includes(last.state) && last.paid === false, `proposed: ${JSON.stringify(last)}`);
        await approve(last.purchase_id);
      }
      purchase = last;
      return last.paid ? null : ['get_purchase', { purchase_id: last.purchase_id, wait_s: 20 }];
  }
}

function textOf(message) {
  return typeof message.content === 'string' ? message.content : message.content.map((part) => part.text ?? '').join('');
}

async function complete(request) {
  if (!request.tools?.length) {
    return { content: 'ok' };
  }
  offered = request.tools.map((tool) => tool.function.name);
  const answers = request.messages.filter((message) => message.role === 'tool').map(textOf);
  const move = await nextMove(answers);
  if (!move) {
    return { content: 'It is paid.' };
  }
  const name = offered.find((tool) => tool.endsWith(move[0]));
  check(name, `${move[0]} is not offered to the model: ${offered}`);
  return {
    tool_calls: [{ index: 0, id: `call-${answers.length}`, type: 'function', function: { name, arguments: JSON.stringify(move[1]) } }],
  };
}

const model = createServer(async (request, response) => {
  let body = '';
  for await (const bytes of request) {
    body += bytes;
  }
  try {
    const asked = JSON.parse(body);
    const message = await complete(asked);
    const choice = (delta, reason) => ({
      id: 'x', object: asked.stream ? 'chat.completion.chunk' : 'chat.completion', created: 0, model: 'scripted',
      choices: [{ index: 0, [asked.stream ? 'delta' : 'message']: delta, finish_reason: reason }],
      usage: { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 },
    });
    const reason = message.tool_calls ? 'tool_calls' : 'stop';
    if (asked.stream) {
      response.writeHead(200, { 'Content-Type': 'text/event-stream' });
      response.write(`data: ${JSON.stringify(choice({ role: 'assistant', ...message }, null))}\n\n`);
      response.end(`data: ${JSON.stringify(choice({}, reason))}\n\ndata: [DONE]\n\n`);
    } else {
      response.setHeader('Content-Type', 'application/json');
      response.end(JSON.stringify(choice({ role: 'assistant', content: null, ...message }, reason)));
    }
  } catch (error) {
    print({ failed: error.stack });
    process.exit(1);
  }
});

main(async () => {
  await new Promise((resolve) => model.listen(0, '127.0.0.1', resolve));
  mkdirSync('.qwen', { recursive: true });
  writeFileSync('.qwen/settings.json', JSON.stringify({
    mcpServers: { glovebox: { command: server.command, args: server.args, trust: true, alwaysLoadTools: true } },
    security: { auth: { selectedType: 'openai' } }, telemetry: { enabled: false },
  }));
  const output = await run(process.execPath, ['node_modules/@qwen-code/qwen-code/cli.js', '--approval-mode', 'yolo', '-p', 'Pay the garage at gate 2.'], {
    env: {
      PATH: process.env.PATH, HOME: process.cwd(), OPENAI_API_KEY: 'none', OPENAI_MODEL: 'scripted',
      OPENAI_BASE_URL: `http://127.0.0.1:${model.address().port}/v1`, NO_COLOR: '1',
    },
  });
  check(purchase?.paid === true, `in the end: ${JSON.stringify(purchase)}; it said: ${output}`);
  check(output.includes('It is paid.'), `the turn ended with: ${output}`);
  print({ done: `offered ${offered.length} tools, proposed, approved, paid` });
});
