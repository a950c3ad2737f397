"""Checks a public log without a line of its maker's code: hashlib, json and the cryptography package.

Usage: log_monitor.py FOLDER KEY [WITNESS-KEY ...]

Reads checkpoint, entries and tiles from a folder, and prints one line of JSON with what was found. Ends with 1 and
the reason when something does not agree.
"""

import base64
import hashlib
import json
import os
import struct
import sys

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

WIDTH = 256


class Disagreement(Exception):
    pass


def require(condition, reason):
    if not condition:
        raise Disagreement(reason)


class Key:
    """A verifier key of a signed note: NAME+ID+base64(kind, public key)."""

    def __init__(self, text):
        self.name, self.id, encoded = text.split("+", 2)
        content = base64.b64decode(encoded, validate=True)
        self.kind, self.public = content[0], content[1:]
        digest = hashlib.sha256(self.name.encode() + b"\n" + content).digest()
        require(digest[:4].hex() == self.id, "the key's id is not its own")

    def check(self, text, lines):
        """The time at which a witness signed, or 0 for a log; raises when there is no valid signature."""
        for name, content in lines:
            if name != self.name or content[:4].hex() != self.id:
                continue
            signature, message, time = content[4:], text, 0
            if self.kind == 4:
                time = struct.unpack(">Q", signature[:8])[0]
                signature, message = signature[8:], b"cosignature/v1\ntime %d\n" % time + text
            try:
                Ed25519PublicKey.from_public_bytes(self.public).verify(signature, message)
            except InvalidSignature:
                raise Disagreement("the signature of " + self.name + " is not valid")
            return time
        raise Disagreement(self.name + " has not signed")


def read_note(content):
    text, _, signatures = content.rpartition(b"\n\n")
    lines = []
    for line in signatures.decode().splitlines():
        dash, name, encoded = line.split(" ")
        require(dash == "\u2014", "a signature line begins otherwise")
        lines.append((name, base64.b64decode(encoded, validate=True)))
    return text + b"\n", lines


def leaf_hash(entry):
    return hashlib.sha256(b"\x00" + entry).digest()


def tree_hash(hashes):
    """RFC 6962, 2.1, word for word, from leaf hashes."""
    if not hashes:
        return hashlib.sha256(b"").digest()
    if len(hashes) == 1:
        return hashes[0]
    split = 1
    while split * 2 < len(hashes):
        split *= 2
    return hashlib.sha256(b"\x01" + tree_hash(hashes[:split]) + tree_hash(hashes[split:])).digest()


def tile_path(kind, index, width):
    groups = ["%03d" % (index % 1000)]
    while index >= 1000:
        index //= 1000
        groups.insert(0, "x%03d" % (index % 1000))
    return "tile/%s/%s%s" % (kind, "/".join(groups), "" if width == WIDTH else ".p/%d" % width)


def tiles(count):
    """Index and width of each tile that holds `count` hashes or entries."""
    for index in range(0, count, WIDTH):
        yield index // WIDTH, min(WIDTH, count - index)


def read_entries(folder, size):
    entries = []
    for index, width in tiles(size):
        bundle = open(os.path.join(folder, tile_path("entries", index, width)), "rb").read()
        before, place = len(entries), 0
        while place < len(bundle):
            length = struct.unpack(">H", bundle[place:place + 2])[0]
            entries.append(bundle[place + 2:place + 2 + length])
            require(len(entries[-1]) == length, "a bundle is cut")
            place += 2 + length
        require(len(entries) - before == width, "a bundle has another number of entries")
    return entries


def check_entries(entries):
    """Each is JSON as RFC 8785 writes it, of a later event than the one before."""
    position, acts = 0, {}
    for entry in entries:
        value = json.loads(entry)
        again = json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
        require(again.encode() == entry, "an entry is not canonical: %r" % entry)
        require(value["position"] > position, "an entry is of an earlier event")
        position = value["position"]
        acts[value["act"]] = acts.get(value["act"], 0) + 1
    return acts


def check_tiles(folder, leaves):
    level, hashes = 0, leaves
    while hashes:
        for index, width in tiles(len(hashes)):
            tile = open(os.path.join(folder, tile_path(str(level), index, width)), "rb").read()
            expected = b"".join(hashes[index * WIDTH:index * WIDTH + width])
            require(tile == expected, "a tile of level %d is another" % level)
        full = len(hashes) // WIDTH
        hashes = [tree_hash(hashes[index * WIDTH:(index + 1) * WIDTH]) for index in range(full)]
        level += 1


def monitor(folder, key, witnesses):
    text, lines = read_note(open(os.path.join(folder, "checkpoint"), "rb").read())
    key.check(text, lines)
    times = [witness.check(text, lines) for witness in witnesses]
    origin, size, root = text.decode().split("\n")[:3]
    require(origin == key.name, "the checkpoint is of another log")
    require(str(int(size)) == size, "the size is written oddly")
    entries = read_entries(folder, int(size))
    leaves = [leaf_hash(entry) for entry in entries]
    require(base64.b64decode(root, validate=True) == tree_hash(leaves), "the root is another")
    check_tiles(folder, leaves)
    return {"size": len(entries), "root": root, "acts": check_entries(entries), "times": times}


if __name__ == "__main__":
    try:
        print(json.dumps(monitor(sys.argv[1], Key(sys.argv[2]), [Key(text) for text in sys.argv[3:]])))
    except (Disagreement, OSError, ValueError, struct.error, KeyError) as reason:
        print("log_monitor: %s" % reason, file=sys.stderr)
        sys.exit(1)
