// SPDX-License-Identifier: Apache-2.0
// Verifies a compact JWS of Glovebox with a JOSE library that shares no code with it, and prints the payload.
//
//   node verify_approval.mjs JWK-FILE [JWS-FILE] [TYP]      (JWS-FILE - or none: standard input)
//
// JWK-FILE is what `glovebox key show --jwk` prints, TYP the expected "typ" where it is not glovebox-approval+jws.
// Ends: 0 verified, 1 not, 64 wrong use.
import { readFileSync } from 'node:fs';
import { calculateJwkThumbprint, compactVerify, importJWK } from 'jose';

const [jwkFile, jwsFile = '-', typ = 'glovebox-approval+jws'] = process.argv.slice(2);
if (!jwkFile) {
  process.stderr.write('usage: verify_approval.mjs JWK-FILE [JWS-FILE] [TYP]\n');
  process.exit(64);
}

try {
  const jwk = JSON.parse(readFileSync(jwkFile, 'utf8'));
  const jws = readFileSync(jwsFile === '-' ? 0 : jwsFile, 'utf8').trim();
  const { payload, protectedHeader } = await compactVerify(jws, await importJWK(jwk, 'ES256'), { algorithms: ['ES256'] });
  if (protectedHeader.typ !== typ) {
    throw new Error(`typ is ${protectedHeader.typ}, not ${typ}`);
  }
  if (protectedHeader.kid !== (await calculateJwkThumbprint(jwk))) {
    throw new Error('kid is not the thumbprint of the key');
  }
  process.stdout.write(`${JSON.stringify(JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(payload)))}\n`);
} catch (error) {
  process.stderr.write(`verify_approval.mjs: ${error.message}\n`);
  process.exit(1);
}
