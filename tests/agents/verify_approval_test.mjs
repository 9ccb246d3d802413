// SPDX-License-Identifier: Apache-2.0
// verify_approval.mjs takes what is signed and nothing else. Ends with 77 where the npm packages are missing.
import assert from 'node:assert';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

if (!existsSync(new URL('node_modules/jose/package.json', import.meta.url))) {
  process.stdout.write('skipped: the npm packages of tests/agents are not installed; scripts/setup needs the npm registry\n');
  process.exit(process.env.GLOVEBOX_REQUIRE_NPM ? 1 : 77);
}
const { calculateJwkThumbprint, CompactSign, exportJWK, generateKeyPair } = await import('jose');

const folder = mkdtempSync(path.join(tmpdir(), 'glovebox-jose-'));
process.on('exit', () => rmSync(folder, { recursive: true }));
const script = new URL('verify_approval.mjs', import.meta.url).pathname;
const jwkFile = path.join(folder, 'key.jwk');

const { publicKey, privateKey } = await generateKeyPair('ES256');
const jwk = await exportJWK(publicKey);
writeFileSync(jwkFile, JSON.stringify(jwk));
const kid = await calculateJwkThumbprint(jwk);
const sign = (header, key = privateKey) =>
  new CompactSign(new TextEncoder().encode('{"v":1}')).setProtectedHeader(header).sign(key);
const verify = (jws) => spawnSync(process.execPath, [script, jwkFile], { input: jws, encoding: 'utf8' });

const good = { alg: 'ES256', kid, typ: 'glovebox-approval+jws' };
const accepted = verify(await sign(good));
assert.equal(accepted.status, 0, accepted.stderr);
assert.equal(accepted.stdout, '{"v":1}\n');

const other = await generateKeyPair('ES256');
const [header, , signature] = (await sign(good)).split('.');
const refused = {
  'another type': await sign({ ...good, typ: 'glovebox-receipt+jws' }),
  'another key id': await sign({ ...good, kid: 'x' }),
  'another key': await sign(good, other.privateKey),
  'another payload': [header, Buffer.from('{"v":2}').toString('base64url'), signature].join('.'),
  nothing: '',
};
for (const [name, jws] of Object.entries(refused)) {
  const answer = verify(jws);
  assert.equal(answer.status, 1, name);
  assert.equal(answer.stdout, '', name);
}
