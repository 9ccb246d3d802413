// SPDX-License-Identifier: Apache-2.0
// The MCP conformance suite against glovebox-mcp --conformance: every scenario has to pass, but those that are listed here and in
// docs/mcp-conformance.md. One that is listed and passes is taken off the list: the run fails.
import { check, main, run, server } from './lib.mjs';

const withoutPrompts = ['prompts-list', 'prompts-get-simple', 'prompts-get-with-args', 'prompts-get-embedded-resource', 'prompts-get-with-image'];
const notOffered = {
  '2025-06-18': [...withoutPrompts, 'completion-complete', 'logging-set-level', 'tools-call-with-logging', 'tools-call-sampling',
    'tools-call-elicitation', 'resources-templates-read', 'resources-subscribe', 'resources-unsubscribe'],
  '2025-11-25': [...withoutPrompts, 'completion-complete', 'logging-set-level', 'tools-call-with-logging', 'tools-call-sampling',
    'tools-call-elicitation', 'elicitation-sep1034-defaults', 'elicitation-sep1330-enums', 'resources-templates-read',
    'resources-subscribe', 'resources-unsubscribe'],
  '2026-07-28': [...withoutPrompts, 'completion-complete', 'resources-templates-read', 'caching', 'http-custom-header-server-validation',
    'input-required-result-basic-elicitation', 'input-required-result-basic-sampling', 'input-required-result-basic-list-roots',
    'input-required-result-request-state', 'input-required-result-multiple-input-requests', 'input-required-result-multi-round',
    'input-required-result-non-tool-request', 'input-required-result-result-type', 'input-required-result-tampered-state',
    'input-required-result-capability-check'],
};

main(async () => {
  const summary = [];
  for (const [revision, listed] of Object.entries(notOffered)) {
    // The suite ends with 1 as long as anything fails; its own list of expected failures has no reasons.
    const output = await run(process.execPath, ['-e', `
      const { spawnSync } = require('node:child_process');
      const ran = spawnSync(process.execPath, ['node_modules/@modelcontextprotocol/conformance/dist/index.js', 'server', '--url',
        ${JSON.stringify(server.url)}, '--suite', 'all', '--spec-version', '${revision}'], { encoding: 'utf8' });
      process.stdout.write(ran.stdout);`]);
    const results = [...output.matchAll(/([✓✗]) ([a-z0-9-]+): (\d+) passed, (\d+) failed/gu)];
    const failed = results.filter(([, , , , failures]) => failures !== '0').map(([, , name]) => name);
    const passed = results.filter(([, , , , failures]) => failures === '0').map(([, , name]) => name);
    check(passed.length >= 14, `${revision}: only ${passed.length} scenarios passed: ${output}`);
    const unexpected = failed.filter((name) => !listed.includes(name));
    const better = listed.filter((name) => !failed.includes(name));
    check(unexpected.length === 0, `${revision}: failed: ${unexpected}`);
    check(better.length === 0, `${revision}: listed as not offered, but did not fail: ${better}`);
    summary.push(`${revision}: ${passed.length} of ${results.length} scenarios`);
  }
  process.stdout.write(`${JSON.stringify({ done: summary.join(', ') })}\n`);
});
