"""Mutants of WebP files, by their grammar of chunks."""

import struct

from riff import Chunk, File, label
from values import SIDES, apply, put, shuffle_parts


def chunks(file, chance):
    return shuffle_parts(file.chunks, chance, label)


def sizes(file, chance):
    chunk = chance.choice([None, *file.chunks])
    whole = len(file.bytes())
    now = whole - 8 if chunk is None else len(chunk.body)
    value = chance.choice(
        [0, now + 1, now - 1, now + 2, now - 2, now + 8, now - 8, now // 2, now * 2, now + 1000, 0x7FFFFFFF, 0xFFFFFFFF]
    )
    if chunk is None:
        file.size = value
        return "RIFF size"
    chunk.size = value
    return f"{label(chunk)} size"


def extended(file, chance):
    """Flags and canvas of VP8X; a new VP8X if there is none."""
    chunk = file.find(b"VP8X")
    if chunk is None:
        size = b"".join(
            struct.pack("<I", side)[:3] for side in (chance.choice([319, 63, 8191]), chance.choice([239, 63, 8191]))
        )
        file.chunks.insert(
            chance.choice([0, 0, 0, 1]),
            Chunk(b"VP8X", bytes([chance.choice([0, 2, 4, 8, 16, 32, 1, 64, 128]), 0, 0, 0]) + size),
        )
        return "add VP8X"
    if len(chunk.body) < 10:
        return None
    if chance.random() < 0.6:
        chunk.body = bytes([chunk.body[0] ^ chance.choice([1, 2, 4, 8, 16, 32, 64, 128])]) + chunk.body[1:]
        return "VP8X flag"
    if chance.random() < 0.3:
        chunk.body = put(chunk.body, chance.choice([1, 2, 3]), "B", chance.choice([1, 255]))
        return "VP8X reserved"
    at = chance.choice([4, 7])
    side = int.from_bytes(chunk.body[at : at + 3], "little")
    side = chance.choice([side + 1, side - 1, side * 2, side // 2, chance.choice(SIDES)]) & 0xFFFFFF
    chunk.body = chunk.body[:at] + side.to_bytes(3, "little") + chunk.body[at + 3 :]
    return "VP8X canvas"


def stream(file, chance):
    """The header of the picture itself."""
    chunk = next((chunk for chunk in file.chunks if chunk.kind in (b"VP8 ", b"VP8L", b"ALPH")), None)
    if chunk is None or len(chunk.body) < 12:
        return None
    places = {
        b"VP8 ": [
            (0, "frame tag"),
            (1, "frame tag"),
            (2, "partition size"),
            (3, "start code"),
            (6, "width"),
            (7, "scale"),
            (8, "height"),
            (9, "scale"),
            (10, "first partition"),
        ],
        b"VP8L": [(0, "signature"), (1, "width"), (2, "width"), (3, "height"), (4, "version"), (5, "transform")],
        b"ALPH": [(0, "method"), (1, "data")],
    }
    at, what = chance.choice(places[chunk.kind])
    chunk.body = put(chunk.body, at, "B", chunk.body[at] ^ (1 << chance.randrange(8)))
    return f"{label(chunk)} {what}"


def more(file, chance):
    kind, body = chance.choice(
        [
            (b"EXIF", b""),
            (b"EXIF", b"Exif\0\0MM\0*\0\0\0\10\0\0\0\0\0\0"),
            (b"EXIF", bytes(7)),
            (b"EXIF", b"II*\0\xff\xff\xff\xff"),
            (b"XMP ", b"<x/>"),
            (b"ICCP", b""),
            (b"ICCP", bytes(100)),
            (b"ALPH", b"\0" + bytes(10)),
            (b"ALPH", b""),
            (b"ANIM", bytes(6)),
            (b"ANIM", b""),
            (b"ANMF", bytes(16)),
            (b"ANMF", b""),
            (b"XXXX", bytes(chance.choice([0, 1, 10]))),
            (b"VP8 ", b""),
            (b"VP8L", b"/" + bytes(12)),
            (b"JUNK", bytes(3)),
            (b"RIFF", bytes(4)),
            (b"\0\0\0\0", bytes(4)),
        ]
    )
    file.chunks.insert(chance.randint(0, len(file.chunks)), Chunk(kind, body))
    return f"add {kind.decode('latin-1').strip()}"


def cut(file, chance):
    """A payload that is shorter or longer than its coded data."""
    chunk = chance.choice(file.chunks) if file.chunks else None
    if chunk is None or len(chunk.body) < 4:
        return None
    amount = chance.choice([1, 2, 3, len(chunk.body) // 2])
    longer = chance.random() < 0.4
    chunk.body = chunk.body + bytes(amount) if longer else chunk.body[:-amount]
    return f"{'longer' if longer else 'shorter'} {label(chunk)}"


def after(file, chance):
    whole = file.bytes()
    file.tail += chance.choice([b"\0", bytes(3), bytes(8), bytes(100), whole, b"XXXX\4\0\0\0abcd", b"RIFF"])
    return "bytes after RIFF"


def head(file, chance):
    file.form = chance.choice([b"webp", b"WEBP", b"WEBX", b"WAVE"])
    if file.form == b"WEBP":
        file.head = chance.choice([b"riff", b"RIFX", b"RF64"])
    return "form"


def padding(file, chance):
    """An odd chunk's padding: missing, or not 0."""
    whole = [chunk for chunk in file.chunks if len(chunk.body) & 1]
    if not whole:
        return None
    chunk = chance.choice(whole)
    chunk.size = len(chunk.body)
    chunk.body += bytes([chance.choice([1, 255])])
    return f"padding {label(chunk)}"


OPERATIONS = [
    (chunks, 20),
    (sizes, 18),
    (extended, 20),
    (stream, 14),
    (more, 20),
    (cut, 8),
    (after, 6),
    (head, 1),
    (padding, 4),
]


def mutate(data, other, chance):
    file = File(data)
    done = apply(OPERATIONS, chance, file)
    return file.bytes(), done
