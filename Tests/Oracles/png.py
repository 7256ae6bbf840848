"""Mutants of PNG files, by their grammar of chunks; checksums stay right unless the change is one of them."""

import functools
import struct
import zlib

from values import SIDES, apply, fit, put, shuffle_parts

SIGNATURE = b"\x89PNG\r\n\x1a\n"


class Chunk:
    def __init__(self, kind, body):
        self.kind, self.body, self.size, self.crc = kind, body, None, None

    def bytes(self):
        size = len(self.body) if self.size is None else self.size
        crc = zlib.crc32(self.kind + self.body) if self.crc is None else self.crc
        return struct.pack(">I4s", fit(size, 4), self.kind) + self.body + struct.pack(">I", crc)


class File:
    def __init__(self, data):
        self.signature, self.chunks, self.tail, at = data[:8], [], b"", 8
        while at + 12 <= len(data):
            size, kind = struct.unpack_from(">I4s", data, at)
            if at + 12 + size > len(data):
                break
            self.chunks.append(Chunk(kind, data[at + 8 : at + 8 + size]))
            at += 12 + size
            if kind == b"IEND":
                break
        self.tail = data[at:]

    def bytes(self):
        return self.signature + b"".join(chunk.bytes() for chunk in self.chunks) + self.tail

    def find(self, kind):
        return next((chunk for chunk in self.chunks if chunk.kind == kind), None)


def label(chunk):
    return chunk.kind.decode("latin-1")


def chunks(file, chance):
    return shuffle_parts(file.chunks, chance, label)


def header(file, chance):
    chunk = file.find(b"IHDR")
    if chunk is None or len(chunk.body) < 13:
        return None
    what, at, size = chance.choice(
        [
            ("width", 0, 4),
            ("height", 4, 4),
            ("depth", 8, 1),
            ("color", 9, 1),
            ("compression", 10, 1),
            ("filter", 11, 1),
            ("interlace", 12, 1),
        ]
    )
    now = int.from_bytes(chunk.body[at : at + size], "big")
    value = chance.choice([now + 1, now - 1, *SIDES]) if size == 4 else chance.choice([0, 1, 2, 3, 4, 6, 8, 16, 64])
    chunk.body = chunk.body[:at] + fit(value, size).to_bytes(size, "big") + chunk.body[at + size :]
    return f"IHDR {what}"


def length(file, chance):
    if not file.chunks:
        return None
    chunk = chance.choice(file.chunks)
    now = len(chunk.body)
    if chance.random() < 0.5:
        chunk.size = chance.choice([0, now + 1, now - 1, now + 12, 0x7FFFFFFF, 0x80000000, 0xFFFFFFFF])
        return f"{label(chunk)} length"
    chunk.body = chance.choice([chunk.body[:-1], chunk.body + b"\0", chunk.body[: now // 2], b"", chunk.body + bytes(8)])
    return f"{label(chunk)} body length"


def checksum(file, chance):
    chunk = chance.choice(file.chunks)
    chunk.crc = chance.choice([0, 0xFFFFFFFF, zlib.crc32(chunk.body)])
    return f"{label(chunk)} checksum"


def kind(file, chance):
    chunk = chance.choice(file.chunks)
    was = label(chunk)
    at = chance.randrange(4)
    chunk.kind = chunk.kind[:at] + bytes([chunk.kind[at] ^ 0x20]) + chunk.kind[at + 1 :]
    return f"{was} as {label(chunk)}"


@functools.cache
def zeros(count):
    """So many zeros, compressed."""
    return zlib.compress(bytes(count))


def profile():
    """A profile of 128 bytes and an empty table; enough for readers that only check its size."""
    return (
        struct.pack(">I4sI4s4s4s", 132, b"lcms", 0x02100000, b"mntr", b"RGB ", b"XYZ ")
        + bytes(12)
        + b"acsp"
        + bytes(88)
        + bytes(4)
    )


def ancillary(chance):
    """The name and bytes of a chunk that a reader may skip, right or wrong."""
    packed = zlib.compress(b"text" * 10)
    good = {
        b"gAMA": struct.pack(">I", chance.choice([45455, 0, 1, 0x7FFFFFFF, 0xFFFFFFFF])),
        b"cHRM": struct.pack(">8I", *[chance.choice([31270, 0, 0xFFFFFFFF]) for _ in range(8)]),
        b"sRGB": bytes([chance.choice([0, 3, 4, 255])]),
        b"sBIT": bytes([chance.choice([0, 8, 9, 17])] * chance.choice([1, 3, 4])),
        b"bKGD": bytes(chance.choice([1, 2, 6, 7])),
        b"hIST": bytes(chance.choice([2, 32, 512])),
        b"tRNS": bytes(chance.choice([0, 1, 2, 6, 256, 257])),
        b"pHYs": struct.pack(">IIB", 2835, 2835, chance.choice([0, 1, 9])),
        b"tIME": bytes([7, 234, chance.choice([1, 13]), 40, 25, 61, 61]),
        b"oFFs": bytes(9),
        b"sCAL": b"\x01" + chance.choice([b"1\x001", b"-1\0x", b""]),
        b"pCAL": b"a\0" + bytes(10),
        b"sTER": b"\2",
        b"eXIf": chance.choice([b"MM\0*\0\0\0\10\0\0\0\0\0\0", b"", b"xx", b"MM\0*\xff\xff\xff\xff"]),
        b"tEXt": chance.choice([b"Title\0text", b"Title", b"\0text", b"k" * 90 + b"\0t", b"", b" a\0b", b"a" * 200_000]),
        b"zTXt": chance.choice(
            [
                b"Title\0\0" + packed,
                b"Title\0\1" + packed,
                b"Title\0\0" + packed[:-2],
                b"Title\0\0garbage",
                b"Title",
                b"T\0\0" + zeros(2_000_000),
                b"T\0\0" + zeros(9_000_000),
            ]
        ),
        b"iTXt": chance.choice(
            [
                b"Title\0\0\0en\0T\0text",
                b"Title\0\1\0en\0T\0" + packed,
                b"Title\0\1\0en\0T\0bad",
                b"Title\0\2\0\0\0x",
                b"Title\0",
                b"T\0\0\0\0\0\xff\xfe",
                b"T\0\1\0\0\0" + zeros(2_000_000),
            ]
        ),
        b"iCCP": chance.choice(
            [
                b"icc\0\0" + zlib.compress(profile()),
                b"icc\0\0" + zeros(200),
                b"icc\0\0bad",
                b"icc\0\1" + zlib.compress(profile()),
                b"icc\0",
                b"icc",
                b"icc\0\0" + zlib.compress(profile())[:-3],
                b"icc\0\0" + zeros(3_000_000),
                b"\0\0" + zlib.compress(profile()),
            ]
        ),
        b"sPLT": chance.choice([b"pal\0\x08" + bytes(6), b"pal\0\x08" + bytes(5), b"pal", b"pal\0\x07"]),
        b"acTL": struct.pack(">II", chance.choice([0, 1, 2]), 0),
        b"fcTL": struct.pack(">IIIIIHHBB", 0, chance.choice([1, 320, 9000]), 240, 0, 0, 1, 10, 0, 0),
        b"fdAT": bytes(chance.choice([0, 4, 20])),
        b"cICP": bytes(chance.choice([3, 4, 5])),
        b"mDCV": bytes(24),
        b"cLLI": bytes(8),
        b"vpAg": bytes(9),
        b"abCd": bytes(5),
        b"ABCD": bytes(5),
        b"abcd": b"",
        b"a1Cd": bytes(5),
        b"CgBI": bytes(4),
        b"PLTE": bytes(chance.choice([0, 3, 4, 768, 771])),
        b"IDAT": b"",
        b"IHDR": bytes(13),
        b"IEND": b"",
        b"JDAT": b"",
        b"\0\0\0\0": b"",
    }
    name = chance.choice(list(good))
    body = good[name]
    if chance.random() < 0.2 and body:
        body = chance.choice([body[:-1], body + b"\0"])
    return name, body


def more(file, chance):
    name, body = ancillary(chance)
    if chance.random() < 0.4:
        file.chunks[:] = [chunk for chunk in file.chunks if chunk.kind != name or name in (b"IHDR", b"IDAT", b"IEND", b"PLTE")]
    first = next((at for at, chunk in enumerate(file.chunks) if chunk.kind == b"IDAT"), 1)
    last = max((at for at, chunk in enumerate(file.chunks) if chunk.kind == b"IDAT"), default=1)
    where, at = chance.choice(
        [
            ("", 1),
            ("", 1),
            ("", first),
            (" after IDAT", last + 1),
            (" after IEND", len(file.chunks)),
            (" first", 0),
            (" in IDAT", first + 1),
        ]
    )
    file.chunks.insert(at, Chunk(name, body))
    return f"add {name.decode('latin-1')}{where}"


def pixels(file, chance):
    """The zlib stream: its window, its filters, its rows, how it is divided, what follows it."""
    places = [at for at, chunk in enumerate(file.chunks) if chunk.kind == b"IDAT"]
    if not places:
        return None
    stream = b"".join(file.chunks[at].body for at in places)
    try:
        rows = zlib.decompress(stream)
    except zlib.error:
        return None
    head = file.find(b"IHDR")
    if len(rows) > 4_000_000 or head is None or len(head.body) < 13:
        return None
    width, _, depth, color = struct.unpack(">IIBB", head.body[:10])
    step = 1 + (width * depth * {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}.get(color, 1) + 7) // 8
    what = chance.choice(
        [
            "window",
            "window",
            "filter",
            "row less",
            "row more",
            "byte less",
            "byte more",
            "split",
            "empty IDAT",
            "after zlib",
            "checksum",
            "preset",
            "cut",
            "method",
            "stored",
            "raw",
        ]
    )
    if what == "window":
        bits = chance.choice([0, 1, 2, 4, 6, 8])
        first = bits << 4 | 8
        stream = bytes([first, (31 - first * 256 % 31) % 31]) + stream[2:]
    elif what == "filter":
        changed = bytearray(rows)
        changed[step * chance.randrange(max(1, len(rows) // step))] = chance.choice([5, 6, 255])
        stream = zlib.compress(bytes(changed))
    elif what in ("row less", "row more", "byte less", "byte more"):
        amount = step if what.startswith("row") else 1
        stream = zlib.compress(rows[:-amount] if what.endswith("less") else rows + bytes(amount))
    elif what == "after zlib":
        stream += bytes(chance.choice([1, 4, 100]))
    elif what == "checksum":
        stream = stream[:-4] + chance.choice([bytes(4), b"", b"\xff\xff"])
    elif what == "preset":
        stream = bytes([0x78, 0x20 | (31 - (0x7820 % 31)) % 31]) + stream[2:]
    elif what == "method":
        stream = b"\x77" + stream[1:]
    elif what == "cut":
        stream = stream[: -chance.choice([5, 8, 20])]
    elif what == "stored":
        stream = zlib.compress(rows, 0)
    elif what == "raw":
        stream = stream[2:]
    file.chunks[:] = [chunk for chunk in file.chunks if chunk.kind != b"IDAT"]
    parts = [stream]
    if what == "split":
        size = chance.choice([1, 2, 7, 100]) if len(stream) < 20_000 else 1000
        parts = [stream[at : at + size] for at in range(0, len(stream), size)]
    elif what == "empty IDAT":
        parts = chance.choice([[b"", stream], [stream, b""], [stream[:3], b"", stream[3:]]])
    file.chunks[places[0] : places[0]] = [Chunk(b"IDAT", part) for part in parts]
    return f"pixels {what}"


def ends(file, chance):
    if chance.random() < 0.15:
        file.signature = put(file.signature, chance.randrange(8), "B", chance.choice([0, 10, 13, 255]))
        return "signature"
    file.tail = chance.choice([b"\0", bytes(100), b"\n", file.bytes(), b"PK\5\6" + bytes(18), b"<html>"])
    return "bytes after IEND"


OPERATIONS = [(chunks, 15), (header, 8), (length, 12), (checksum, 5), (kind, 8), (more, 34), (pixels, 24), (ends, 4)]


def mutate(data, other, chance):
    file = File(data)
    if not file.chunks:
        return data + other, ["splice file"]
    done = apply(OPERATIONS, chance, file)
    return file.bytes(), done
