# SPDX-License-Identifier: Apache-2.0
"""A second reader of proofs, written from docs/formats.md: check_proof.py FILE JWK VKEY. Ends with 0 or 1."""
import hashlib
import hmac
import json
import struct
import sys

from signed_notes import CarKey, Checkpoint, Witness, sha256, unbase64


def root_of(index, size, leaf, hashes):
    """RFC 6962 section 2.1.1 from the root down: which side each part was on."""
    if size == 1:
        return leaf if not hashes else None
    if not hashes:
        return None
    split = 1
    while split * 2 < size:
        split *= 2
    left = index < split
    inner = root_of(index if left else index - split, split if left else size - split, leaf, hashes[:-1])
    if inner is None:
        return None
    return sha256(b"\1" + inner + hashes[-1]) if left else sha256(b"\1" + hashes[-1] + inner)


def holds(proof, key, witness):
    leaf = proof["leaf"]
    commitment = unbase64(leaf["commitment"])
    header = struct.pack(">BQH", 1, leaf["sequence"], leaf["kind"]) + bytes.fromhex(leaf["pseudonym"])
    said = Checkpoint.parse(proof["checkpoint"])
    if said is None or not said.signed_by(key) or not said.cosigned_by(witness) or leaf["sequence"] >= said.size:
        return False
    hashes = [unbase64(text) for text in proof["hashes"]]
    if root_of(leaf["sequence"], said.size, sha256(b"\0" + header + commitment), hashes) != said.root:
        return False
    payload = proof["opening"]["payload"]
    canonical = json.dumps(payload, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()
    if hmac.new(unbase64(proof["opening"]["salt"]), canonical, hashlib.sha256).digest() != commitment:
        return False
    claims = key.approval(payload["approval"])
    return claims is not None and (claims["sequence"], claims["approval_id"], claims["purchase_id"]) == (
        leaf["sequence"], payload["approval_id"], payload["purchase_id"])


def main():
    with open(sys.argv[1], encoding="utf-8") as proof, open(sys.argv[2], encoding="utf-8") as jwk:
        return 0 if holds(json.load(proof), CarKey(json.load(jwk)), Witness(sys.argv[3])) else 1


sys.exit(main())
