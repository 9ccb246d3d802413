# SPDX-License-Identifier: Apache-2.0
"""A second verifier of journals, written from docs/journal.md: verify_journal.py FILE SEALING_KEY JWK VKEY.

Prints {"ok", "root", "findings": [[sequence or null, code]]}; ends with 0 or 1 as `glovebox journal verify` does.
"""
import base64
import hashlib
import hmac
import json
import sqlite3
import struct
import sys

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from signed_notes import CarKey, Checkpoint, Witness, sha256, unbase64

CAR = bytes(16)
APPROVAL = 4
CHECKPOINT = 9
ERASURE = 11
SHUTDOWN = 13


def mac(key, data):
    return hmac.new(key, data, hashlib.sha256).digest()


def text(value):
    encoded = value.encode()
    return struct.pack(">H", len(encoded)) + encoded


def unseal(key, sealed, associated):
    """None where the seal does not fit."""
    try:
        return AESGCM(key).decrypt(sealed[:12], sealed[12:], associated)
    except (InvalidTag, ValueError):
        return None


class Tree:
    """The right edge of an RFC 6962 tree as (height, hash)."""

    def __init__(self):
        self.edge = []

    def append(self, leaf_data):
        node = (0, sha256(b"\0" + leaf_data))
        while self.edge and self.edge[-1][0] == node[0]:
            node = (node[0] + 1, sha256(b"\1" + self.edge.pop()[1] + node[1]))
        self.edge.append(node)

    def hashes(self):
        return b"".join(value for _, value in self.edge)

    def root(self):
        if not self.edge:
            return sha256(b"")
        root = self.edge[-1][1]
        for _, left in reversed(self.edge[:-1]):
            root = sha256(b"\1" + left + root)
        return root


class Verifier:
    def __init__(self, path, sealing_key, jwk, vkey):
        self.database = sqlite3.connect(f"file:{path}?mode=ro&immutable=1", uri=True)
        self.sealing_key = sealing_key
        self.key = CarKey(jwk)
        self.witness = Witness(vkey)
        self.origin = None
        self.roots = {}
        self.cosigned = None
        self.findings = []
        self.data_keys = {}
        self.kept = set()       # pseudonyms with a payload that opened
        self.erased = {}        # pseudonym: the first entry without one
        self.named = set()      # pseudonyms that an entry says were erased
        self.purchase_of = {}
        self.values = {}
        self.tree = Tree()

    def found(self, sequence, code):
        self.findings.append([sequence, code])

    def load_keys(self):
        for pseudonym, wrapped in self.database.execute("SELECT pseudonym, wrapped FROM data_keys"):
            self.data_keys[pseudonym] = unseal(self.sealing_key, wrapped, b"glovebox data key 1:" + pseudonym)
            if self.data_keys[pseudonym] is None:
                self.found(None, "data_keys")

    def signature(self, sequence, payload):
        said = self.key.approval(payload.get("approval", ""))
        if said is None:
            self.found(sequence, "signature")
            return
        if (said["sequence"], said["purchase_id"], said["approval_id"]) != (
                sequence, payload["purchase_id"], payload["approval_id"]):
            self.found(sequence, "approval")

    def entry(self, sequence, kind, pseudonym, commitment, sealed):
        header = struct.pack(">BQH", 1, sequence, kind) + pseudonym
        before = self.tree.root()
        self.tree.append(header + commitment)
        if pseudonym in self.named:
            self.found(sequence, "erasure")
        if (pseudonym in self.data_keys) == (sealed is None):
            self.found(sequence, "seal")
            return
        if sealed is None:
            self.erased.setdefault(pseudonym, sequence)
            return
        plain = unseal(self.data_keys[pseudonym], sealed, header)
        if plain is None or len(plain) < 16:
            self.found(sequence, "seal")
            return
        if mac(plain[:16], plain[16:]) != commitment:
            self.found(sequence, "leaf")
            return
        payload = json.loads(plain[16:])
        self.kept.add(pseudonym)
        if kind == ERASURE:
            self.erasure(sequence, pseudonym, payload)
        if sequence == 0:
            self.identity(payload)
        if payload.get("type") == "gateway_state":
            self.values[payload["name"]] = (payload["value_hash"], sequence)
        if kind == CHECKPOINT or (kind == SHUTDOWN and "checkpoint" in payload):
            self.checkpoint(sequence, payload, before)
        if kind in (3, 4, 5):
            self.purchase_of[sequence] = payload["purchase_id"]
        if kind == APPROVAL:
            self.signature(sequence, payload)

    def checkpoint(self, sequence, payload, before):
        said = Checkpoint.parse(payload.get("checkpoint", ""))
        if said is None or said.origin != self.origin or not said.signed_by(self.key):
            self.found(sequence, "checkpoint")
            return
        if payload.get("type") == "gateway_state":
            self.cosigned = said.note
            if not said.cosigned_by(self.witness) or self.roots.get(said.size) != said.root:
                self.found(sequence, "checkpoint")
            return
        gaps = any(code in ("missing", "row") for _, code in self.findings)
        if said.size != sequence or (said.root != before and not gaps):
            self.found(sequence, "checkpoint")
        self.roots[said.size] = said.root

    def erasure(self, sequence, pseudonym, payload):
        try:
            named = bytes.fromhex(payload.get("pseudonym", ""))
        except (TypeError, ValueError):
            named = b""
        if len(named) != 16 or named == CAR or pseudonym != CAR:
            self.found(sequence, "erasure")
            return
        if named in self.named or named in self.kept or named not in self.erased:
            self.found(sequence, "erasure")
        self.named.add(named)

    def kept_checkpoint(self, setting, count):
        said = Checkpoint.parse(json.loads(setting)["checkpoint"])
        if said.size > count:
            self.found(count, "checkpoint")
        elif said.note != self.cosigned:
            self.found(None, "checkpoint")

    def identity(self, payload):
        self.origin = "glovebox/" + payload["journal_id"]
        row = self.database.execute("SELECT journal_id, key_thumbprint FROM identity").fetchone()
        if row != (payload["journal_id"], payload["key_thumbprint"]):
            self.found(0, "identity")

    def entries(self):
        expected = 0
        for row in self.database.execute(
                "SELECT sequence, kind, pseudonym, commitment, sealed FROM entries ORDER BY sequence"):
            if row[0] != expected:
                self.found(expected, "missing")
            expected = row[0] + 1
            self.entry(*row)
        return expected

    def frontier(self, count):
        size, edge, seal = self.database.execute("SELECT size, hashes, mac FROM frontier").fetchone()
        gaps = any(code == "missing" for _, code in self.findings)
        if mac(mac(self.sealing_key, b"glovebox frontier 1"), struct.pack(">Q", size) + edge) != seal:
            self.found(None, "frontier")
        if size != count:
            self.found(min(size, count), "missing")
        elif not gaps and edge != self.tree.hashes():
            self.found(None, "frontier")

    def projections(self, count):
        for name, last, unfinished, pseudonym, sealed in self.database.execute(
                "SELECT purchase_id, last_sequence, unfinished, pseudonym, sealed FROM purchases"):
            associated = (text("glovebox purchase 1") + text(name) + pseudonym + struct.pack(">QB", last, unfinished))
            key = self.data_keys.get(pseudonym)
            plain = key and unseal(key, sealed, associated)
            if not plain or json.loads(plain)["purchase_id"] != name or self.purchase_of.get(last) != name:
                self.found(last, "purchase")
        with_rows = {name for name, in self.database.execute("SELECT purchase_id FROM purchases")}
        for name in set(self.purchase_of.values()) - with_rows:
            self.found(None, "purchase")
        for name, sealed in self.database.execute("SELECT name, sealed FROM settings"):
            plain = unseal(self.data_keys[CAR], sealed, text("glovebox setting 1") + text(name))
            if plain and name == "checkpoint.cosigned":
                self.kept_checkpoint(plain, count)
            said, sequence = self.values.pop(name, (None, None))
            if plain is None or (said and unbase64(said) != sha256(plain)):
                self.found(sequence, "setting")
        for _, sequence in self.values.values():
            self.found(sequence, "setting")

    def run(self):
        self.load_keys()
        count = self.entries()
        for pseudonym, sequence in self.erased.items():
            if pseudonym not in self.named:
                self.found(sequence, "erasure")
        self.frontier(count)
        self.projections(count)
        return {"ok": not self.findings, "findings": self.findings,
                "root": base64.urlsafe_b64encode(self.tree.root()).decode().rstrip("=")}


def main():
    with open(sys.argv[2], "rb") as key, open(sys.argv[3], "rb") as jwk:
        result = Verifier(sys.argv[1], key.read(), json.load(jwk), sys.argv[4]).run()
    print(json.dumps(result))
    return 0 if result["ok"] else 1


sys.exit(main())
