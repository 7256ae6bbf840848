"""RIFF files as chunks that can be changed."""

import struct

from values import fit


class Chunk:
    """A chunk; `size` overrides the size in its header."""

    def __init__(self, kind, body, size=None):
        self.kind, self.body, self.size = kind, body, size

    def bytes(self):
        return (
            struct.pack("<4sI", self.kind, fit(len(self.body) if self.size is None else self.size, 4))
            + self.body
            + bytes(len(self.body) & 1)
        )


class File:
    """A RIFF file: its form, its chunks, its stated size, and the bytes after it."""

    def __init__(self, data):
        self.head, self.form, self.size, self.tail, self.chunks = data[:4], data[8:12], None, b"", []
        at = 12
        while at + 8 <= len(data):
            kind, size = struct.unpack_from("<4sI", data, at)
            self.chunks.append(Chunk(kind, data[at + 8 : at + 8 + size], None if at + 8 + size <= len(data) else size))
            at += 8 + size + (size & 1)
        stated = struct.unpack_from("<I", data, 4)[0] if len(data) >= 8 else 0
        if stated != len(data) - 8:
            self.size = stated

    def bytes(self):
        body = self.form + b"".join(chunk.bytes() for chunk in self.chunks)
        size = fit(len(body) if self.size is None else self.size, 4)
        return struct.pack("<4sI", self.head, size) + body + self.tail

    def find(self, kind):
        return next((chunk for chunk in self.chunks if chunk.kind == kind), None)


def label(chunk):
    return chunk.kind.decode("latin-1").strip()
