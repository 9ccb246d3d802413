// SPDX-License-Identifier: Apache-2.0
// A second reader of dispute bundles, written from docs/formats.md and docs/journal.md: the signatures with a JOSE
// library, the journal's tree and checkpoint with Node's own cryptography. It shares no code with `glovebox dispute`.
//
//   node verify_dispute.mjs FILE [GATEWAY-JWK-FILE]
//
// Prints {"ok","approved","damaged":[part]}. Ends: 0 every part holds, 1 not, 64 wrong use, 65 no bundle.
import assert from 'node:assert';
import { createHash, createHmac, createPublicKey, timingSafeEqual, verify as verifySignature } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { isDeepStrictEqual } from 'node:util';
import { calculateJwkThumbprint, compactVerify, importJWK } from 'jose';

const [file, gatewayFile] = process.argv.slice(2);
if (!file) {
  process.stderr.write('usage: verify_dispute.mjs FILE [GATEWAY-JWK-FILE]\n');
  process.exit(64);
}
const sha256 = (...parts) => createHash('sha256').update(Buffer.concat(parts)).digest();
const unbase64 = (text) => Buffer.from(text, 'base64url');

/// RFC 8785 for what is in these files: texts, integers, booleans, null.
function canonical(value) {
  if (Array.isArray(value)) {
    return `[${value.map(canonical).join(',')}]`;
  }
  if (value === null || typeof value !== 'object') {
    return JSON.stringify(value);
  }
  return `{${Object.keys(value).sort().map((key) => `${JSON.stringify(key)}:${canonical(value[key])}`).join(',')}}`;
}
const hashOf = (value) => sha256(Buffer.from(canonical(value))).toString('base64url');

/// The payload of a JWS under one of the keys; throws.
async function opened(jws, keys, typ) {
  for (const jwk of keys) {
    const kid = await calculateJwkThumbprint(jwk);
    const header = JSON.parse(unbase64(jws.split('.')[0]).toString('utf8'));
    if (header.kid === kid) {
      const { payload, protectedHeader } = await compactVerify(jws, await importJWK(jwk, 'ES256'), { algorithms: ['ES256'] });
      assert.equal(protectedHeader.typ, typ);
      return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(payload));
    }
  }
  throw new Error('signed by no key that is known');
}

/// RFC 6962 section 2.1.1 from the root down.
function rootOf(index, size, leaf, hashes) {
  if (size === 1) {
    assert.equal(hashes.length, 0);
    return leaf;
  }
  let split = 1;
  while (split * 2 < size) {
    split *= 2;
  }
  assert.ok(hashes.length > 0);
  const [inside, sibling] = [hashes.slice(0, -1), hashes[hashes.length - 1]];
  return index < split ? sha256(Buffer.of(1), rootOf(index, split, leaf, inside), sibling)
    : sha256(Buffer.of(1), sibling, rootOf(index - split, size - split, leaf, inside));
}

function readNote(note) {
  const end = note.lastIndexOf('\n\n');
  const text = note.slice(0, end + 1);
  const lines = text.split('\n');
  assert.ok(end > 0 && lines.length === 4 && /^[1-9][0-9]*$/.test(lines[1]));
  const signatures = note.slice(end + 2).trimEnd().split('\n').map((line) => {
    const [dash, name, signature] = line.split(' ');
    assert.equal(dash, '—');
    const raw = Buffer.from(signature, 'base64');
    assert.equal(raw.toString('base64'), signature);
    return { name, id: raw.subarray(0, 4), signature: raw.subarray(4) };
  });
  return { text: Buffer.from(text), origin: lines[0], size: Number(lines[1]), root: Buffer.from(lines[2], 'base64'), signatures };
}

const linesOf = (note, name, id) => note.signatures.filter((line) => line.name === name && line.id.equals(id));

function signedByCar(note, jwk) {
  const key = createPublicKey({ key: jwk, format: 'jwk' });
  const found = linesOf(note, note.origin, sha256(key.export({ type: 'spki', format: 'der' })).subarray(0, 4));
  return found.length > 0 && found.every((line) => verifySignature('sha256', note.text, key, line.signature));
}

function cosigned(note, vkey) {
  const [name, id, ...rest] = vkey.split('+');
  const typed = Buffer.from(rest.join('+'), 'base64');
  assert.ok(typed[0] === 4 && sha256(Buffer.from(`${name}\n`), typed).subarray(0, 4).toString('hex') === id);
  const key = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x: typed.subarray(1).toString('base64url') }, format: 'jwk' });
  const found = linesOf(note, name, Buffer.from(id, 'hex'));
  return found.length > 0 && found.every(({ signature }) => verifySignature(
    null, Buffer.concat([Buffer.from(`cosignature/v1\ntime ${signature.readBigUInt64BE()}\n`), note.text]), key, signature.subarray(8)));
}

/// The payload of an entry that is in the tree, or newer than it where that is allowed; throws.
function entry(part, note, newer) {
  const { sequence, kind, pseudonym, commitment } = part.leaf;
  const header = Buffer.alloc(11);
  header.writeUInt8(1, 0);
  header.writeBigUInt64BE(BigInt(sequence), 1);
  header.writeUInt16BE(kind, 9);
  const text = Buffer.from(canonical(part.opening.payload));
  assert.ok(timingSafeEqual(createHmac('sha256', unbase64(part.opening.salt)).update(text).digest(), unbase64(commitment)));
  if (sequence < note.size) {
    const leaf = sha256(Buffer.of(0), header, Buffer.from(pseudonym, 'hex'), unbase64(commitment));
    assert.ok(rootOf(sequence, note.size, leaf, part.hashes.map(unbase64)).equals(note.root));
  } else {
    assert.ok(newer && part.hashes.length === 0);
  }
  return part.opening.payload;
}

function checkReceipt(receipt, claims, jws) {
  assert.equal(receipt.gateway, claims.gateway);
  assert.equal(receipt.wallet_id, claims.wallet_id);
  assert.equal(receipt.approval_id, claims.approval_id);
  if (receipt.approval_hash !== '') {
    assert.equal(receipt.approval_hash, sha256(Buffer.from(jws)).toString('base64url'));
  }
  for (const name of ['authorised_minor', 'captured_minor', 'refunded_minor']) {
    assert.ok((receipt[name] ?? 0) <= claims.amount.cap_minor);
  }
}

async function check(bundle, gateway) {
  const damaged = [];
  const look = async (part, body) => {
    try {
      return await body();
    } catch {
      damaged.push(part);
      return undefined;
    }
  };
  const claims = await look('approval', async () => {
    const said = await opened(bundle.approval, bundle.keys.car, 'glovebox-approval+jws');
    assert.equal(said.proposal_hash, hashOf(said.proposal));
    assert.equal(said.shown_hash, hashOf(said.shown));
    return said;
  });
  const same = (part, is, should) => look(part, () => assert.ok(isDeepStrictEqual(is, should)));
  if (claims) {
    await same('purchase_id', bundle.purchase_id, claims.purchase_id);
    await same('shown', bundle.shown, claims.shown);
    await same('verdict', bundle.verdict, claims.policy);
    await same('offer', bundle.offer, claims.proposal.merchant_offer);
  }
  await look('merchant_entry', async () => {
    const said = await opened(bundle.merchant_entry, gateway, 'glovebox-merchant+jws');
    assert.equal(hashOf(said), claims?.merchant.entry_hash ?? hashOf(said));
  });
  const note = await look('checkpoint', () => {
    const read = readNote(bundle.checkpoint);
    assert.ok(bundle.keys.car.some((jwk) => signedByCar(read, jwk)));
    assert.ok(!bundle.keys.witness || cosigned(read, bundle.keys.witness));
    return read;
  });
  if (note) {
    await look('proof', () => {
      assert.equal(entry(bundle.proof, note, false).approval, bundle.approval);
      assert.ok(bundle.proof.leaf.kind === 4 && bundle.proof.leaf.sequence === (claims?.sequence ?? bundle.proof.leaf.sequence));
    });
    const before = damaged.length;
    for (const [i, part] of bundle.permission.entries()) {
      await look(`permission/${i}`, () => {
        entry(part, note, false);
        assert.ok(part.leaf.kind === 10 && part.leaf.sequence < bundle.proof.leaf.sequence);
      });
    }
    if (claims && damaged.length === before) {
      await same('permission', bundle.permission.at(-1)?.opening.payload.revision, claims.policy.permission_revision);
    }
    for (const [i, part] of bundle.history.entries()) {
      await look(`history/${i}`, () => assert.equal(entry(part, note, true).purchase_id, bundle.purchase_id));
    }
  }
  for (const [i, jws] of bundle.receipts.entries()) {
    await look(`receipts/${i}`, async () => {
      const receipt = await opened(jws, gateway, 'glovebox-receipt+jws');
      if (claims) {
        checkReceipt(receipt, claims, bundle.approval);
      }
    });
  }
  return { ok: damaged.length === 0, approved: claims?.consent ?? null, damaged };
}

let bundle;
try {
  bundle = JSON.parse(readFileSync(file, 'utf8'));
  assert.ok(bundle.v === 1 && bundle.type === 'glovebox-dispute');
} catch (error) {
  process.stderr.write(`verify_dispute.mjs: ${error.message}\n`);
  process.exit(65);
}
const gateway = gatewayFile ? [JSON.parse(readFileSync(gatewayFile, 'utf8'))] : bundle.keys.gateway;
const said = await check(bundle, gateway);
process.stdout.write(`${JSON.stringify(said)}\n`);
process.exit(said.ok ? 0 : 1);
