# SPDX-License-Identifier: Apache-2.0
"""Keys and checkpoints as others see them, written from docs/journal.md and the C2SP documents that it names."""
import base64
import hashlib
import json
import struct

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, utils


def sha256(data):
    return hashlib.sha256(data).digest()


def unbase64(text):
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


class CarKey:
    def __init__(self, jwk):
        point = ec.EllipticCurvePublicNumbers(int.from_bytes(unbase64(jwk["x"]), "big"),
                                              int.from_bytes(unbase64(jwk["y"]), "big"), ec.SECP256R1())
        self.key = point.public_key()
        members = {name: jwk[name] for name in ("crv", "kty", "x", "y")}
        self.thumbprint = base64.urlsafe_b64encode(
            sha256(json.dumps(members, sort_keys=True, separators=(",", ":")).encode())).decode().rstrip("=")
        self.note_id = sha256(self.key.public_bytes(serialization.Encoding.DER,
                                                    serialization.PublicFormat.SubjectPublicKeyInfo))[:4]

    def verifies(self, der, message):
        try:
            self.key.verify(der, message, ec.ECDSA(hashes.SHA256()))
            return True
        except InvalidSignature:
            return False

    def approval(self, jws):
        """The claims; None where it is not signed by this key."""
        try:
            header, claims, signature = jws.split(".")
            head = json.loads(unbase64(header))
            raw = unbase64(signature)
        except ValueError:
            return None
        if head != {"alg": "ES256", "kid": self.thumbprint, "typ": "glovebox-approval+jws"} or len(raw) != 64:
            return None
        der = utils.encode_dss_signature(int.from_bytes(raw[:32], "big"), int.from_bytes(raw[32:], "big"))
        return json.loads(unbase64(claims)) if self.verifies(der, f"{header}.{claims}".encode()) else None


class Witness:
    def __init__(self, vkey):
        self.name, key_id, key = vkey.split("+", 2)
        typed = base64.b64decode(key)
        self.note_id = sha256(self.name.encode() + b"\n" + typed)[:4]
        if typed[:1] != b"\4" or self.note_id.hex() != key_id:
            raise ValueError("no witness: " + vkey)
        self.key = ed25519.Ed25519PublicKey.from_public_bytes(typed[1:])

    def verifies(self, signature, text):
        time, = struct.unpack(">Q", signature[:8])
        try:
            self.key.verify(signature[8:], b"cosignature/v1\ntime %d\n" % time + text)
            return True
        except InvalidSignature:
            return False


class Checkpoint:
    @staticmethod
    def parse(note):
        """None where it is no signed note of a checkpoint."""
        text, divider, lines = note.rpartition("\n\n")
        parts = text.split("\n")
        if not divider or len(parts) != 3 or not parts[1].isdecimal():
            return None
        result = Checkpoint()
        result.note = note
        result.text = (text + "\n").encode()
        result.origin, result.size = parts[0], int(parts[1])
        result.root = base64.b64decode(parts[2])
        result.signatures = []
        for line in lines.splitlines():
            _, name, signature = line.split(" ")
            raw = base64.b64decode(signature)
            result.signatures.append((name, raw[:4], raw[4:]))
        return result

    def _of(self, name, note_id):
        return [signature for who, key, signature in self.signatures if (who, key) == (name, note_id)]

    def signed_by(self, key):
        found = self._of(self.origin, key.note_id)
        return bool(found) and all(key.verifies(signature, self.text) for signature in found)

    def cosigned_by(self, witness):
        found = self._of(witness.name, witness.note_id)
        return bool(found) and all(witness.verifies(signature, self.text) for signature in found)
