"""Mutants of WAV files, by their grammar of chunks."""

import struct

from riff import Chunk, File, label
from values import apply, fit, odd, put, shuffle_parts

TAGS = [1, 1, 2, 3, 6, 7, 0x11, 0x31, 0x50, 0x55, 0xFF, 0xFFFE, 0]


def seconds(file, length):
    """`length` seconds of silence in the file's own format, at most 2 MB."""
    form = file.find(b"fmt ")
    rate = struct.unpack_from("<I", form.body, 8)[0] if form and len(form.body) >= 12 else 8000
    return bytes(min(2_000_000, (rate * length) & ~15))


def chunks(file, chance):
    return shuffle_parts(file.chunks, chance, label)


def sizes(file, chance):
    chunk = chance.choice([None, *file.chunks])
    whole = len(file.bytes())
    now = whole - 8 if chunk is None else len(chunk.body)
    value = chance.choice(
        [
            0,
            now + 1,
            now - 1,
            now + 4,
            now - 4,
            now + 8,
            now + 36,
            now // 2,
            now * 2,
            now * 10,
            whole,
            whole - 8,
            0x7FFFFFFF,
            0x80000000,
            0xFFFFFFFF,
            0xFFFFFFFE,
            0x7FFFF000,
            2_000_000_000,
        ]
    )
    if chunk is None:
        file.size = value
        return "RIFF size"
    chunk.size = value
    return f"{label(chunk)} size"


def fields(file, chance):
    form = file.find(b"fmt ")
    if form is None:
        return None
    what, at, layout = chance.choice(
        [
            ("tag", 0, "<H"),
            ("channels", 2, "<H"),
            ("rate", 4, "<I"),
            ("byte rate", 8, "<I"),
            ("align", 12, "<H"),
            ("bits", 14, "<H"),
            ("extra size", 16, "<H"),
            ("valid bits", 18, "<H"),
            ("mask", 20, "<I"),
            ("sub format", 24, "<H"),
            ("GUID", 30, "<H"),
        ]
    )
    length = struct.calcsize(layout)
    if at + length > len(form.body):
        return None
    now = struct.unpack_from(layout, form.body, at)[0]
    if what in ("tag", "sub format"):
        value = chance.choice(TAGS)
    elif what in ("bits", "valid bits"):
        value = chance.choice([0, 1, 4, 8, 12, 16, 20, 24, 32, 64])
    elif what in ("channels", "align"):
        value = chance.choice([0, 1, 2, 3, 4, 6, 8, 16, 256, 0xFFFF])
    else:
        value = chance.choice([now * 2, now // 2, now * 10, now // 10, odd(chance, now, length)])
    value = fit(value, length)
    if value == now:
        return None
    form.body = put(form.body, at, layout, value)
    return f"fmt {what}"


def block_format(file, chance):
    """A compressed format with whatever samples per block, over the same bytes."""
    form = file.find(b"fmt ")
    if form is None or len(form.body) < 16:
        return None
    channels, rate = chance.choice([1, 1, 2]), chance.choice([8000, 16000, 44100])
    tag = chance.choice([2, 0x11, 6, 7, 0x31, 0x45, 0x55, 0x69])
    block = {6: channels, 7: channels, 0x31: 65}.get(tag, chance.choice([256, 512, 1024]))
    right = {0x11: (block - 4 * channels) * 2 // channels + 1, 2: (block - 7 * channels) * 2 // channels + 2, 0x31: 320}.get(
        tag, 1
    )
    per_block = max(0, int(right * chance.choice([1, 1, 0.25, 4, 0, 100])))
    bits = {6: 8, 7: 8, 0x31: 0, 0x55: 0}.get(tag, 4)
    if chance.random() < 0.2:
        bits = chance.choice([0, 8, 16])
    extra = struct.pack("<H", fit(per_block, 2))
    if tag == 2:
        extra += struct.pack("<H14h", 7, 256, 0, 512, -256, 0, 0, 192, 64, 240, 0, 460, -208, 392, -232)
    form.body = struct.pack("<HHIIHHH", tag, channels, rate, rate * block // max(1, right), block, bits, len(extra)) + extra
    return f"codec {tag:#x}" + ("" if per_block == right else " wrong samples per block")


def other_bits(file, chance):
    """Consistent fmt fields of another sample size, over the same bytes."""
    form = file.find(b"fmt ")
    if form is None or len(form.body) < 16:
        return None
    tag, channels, rate = chance.choice([1, 1, 3]), chance.choice([1, 2, 4]), chance.choice([8000, 16000, 22050, 44100, 192000])
    bits = chance.choice([8, 12, 16, 20, 24, 32, 64])
    align = channels * ((bits + 7) // 8)
    plain = struct.pack("<HHIIHH", tag, channels, rate, rate * align, align, bits)
    if chance.random() < 0.5:
        guid = struct.pack("<H", tag) + bytes.fromhex("000000001000800000aa00389b71")
        plain = struct.pack("<H", 0xFFFE) + plain[2:] + struct.pack("<HHI", 22, chance.choice([bits, 8, 12, 16, 0]), 0) + guid
    form.body = plain
    return f"new fmt {bits} bits" + (" extensible" if len(plain) > 16 else "")


def facts(file, chance):
    value = chance.choice([0, 1, 100, 8000 * 40, 44100 * 300, 0xFFFFFFFF])
    file.chunks[:] = [chunk for chunk in file.chunks if chunk.kind != b"fact"]
    file.chunks.insert(
        chance.choice([0, 1, len(file.chunks)]), Chunk(b"fact", struct.pack("<I", value)[: chance.choice([4, 4, 2])])
    )
    return "fact"


def more(file, chance):
    """Another chunk: audio, lists, tags, padding."""
    data = file.find(b"data")
    kind, body = chance.choice(
        [
            (b"data", seconds(file, 40)),
            (b"data", seconds(file, 1)),
            (b"data", b""),
            (b"data", data.body if data else b""),
            (b"LIST", b"INFOISFT\4\0\0\0abc\0"),
            (b"LIST", b"wavl" + Chunk(b"data", seconds(file, 40)).bytes()),
            (b"LIST", b"adtl"),
            (b"JUNK", bytes(chance.choice([0, 1, 28, 5000]))),
            (b"cue ", struct.pack("<I", chance.choice([0, 1, 0xFFFF]))),
            (b"smpl", bytes(36)),
            (b"bext", bytes(602)),
            (b"id3 ", b"ID3\4\0\0\0\0\0\12" + bytes(10)),
            (b"fmt ", (file.find(b"fmt ") or Chunk(b"", bytes(16))).body),
            (b"ds64", struct.pack("<QQQI", *[chance.choice([0, 100, 320_000, 1 << 40]) for _ in range(3)], 0)),
            (b"XXXX", bytes(10)),
            (b"slnt", struct.pack("<I", 8000 * 40)),
        ]
    )
    size = None if chance.random() < 0.8 else chance.choice([0, 0xFFFFFFFF, len(body) + 100])
    file.chunks.insert(chance.randint(0, len(file.chunks)), Chunk(kind, body, size))
    return f"add {kind.decode().strip()}" + (" wavl" if b"wavl" in body[:4] else "") + ("" if size is None else " wrong size")


def rf64(file, chance):
    """RF64 or BW64, with sizes that are right or not."""
    data = file.find(b"data")
    if data is None:
        return None
    right = chance.random() < 0.3
    pick = [0, len(data.body), len(data.body) // 4, len(data.body) * 10, (1 << 32) + 10, (1 << 63) + 1]
    total = len(data.body) if right else chance.choice(pick)
    samples = 0 if right else chance.choice(pick)
    file.head = chance.choice([b"RF64", b"RF64", b"BW64", b"RIFF"])
    file.chunks[:] = [chunk for chunk in file.chunks if chunk.kind != b"ds64"]
    whole = len(file.bytes()) + 28 if right else chance.choice(pick)
    file.chunks.insert(chance.choice([0, 0, 0, 1]), Chunk(b"ds64", struct.pack("<QQQI", whole, total, samples, 0)))
    if chance.random() < 0.8:
        file.size = data.size = 0xFFFFFFFF
    return "RF64 " + ("right" if right else "ds64")


def after(file, chance):
    """Bytes after the RIFF chunk."""
    whole = file.bytes()
    file.tail += chance.choice(
        [
            bytes(chance.choice([1, 3, 100, 5000])),
            whole,
            Chunk(b"data", seconds(file, 40)).bytes(),
            Chunk(b"LIST", b"INFO").bytes(),
            seconds(file, 40),
            b"TAG" + bytes(125),
            b"ID3\4\0\0\0\0\0\12" + bytes(10),
            b"\xff\xfb\x90\x64" + bytes(413),
        ]
    )
    if chance.random() < 0.2:
        file.size = 0xFFFFFFFF
    return "bytes after RIFF"


def head(file, chance):
    if chance.random() < 0.5:
        file.head = chance.choice([b"RIFF", b"RIFX", b"RF64", b"BW64", b"riff", b"FFIR"])
        return f"{file.head.decode()} head"
    file.form = chance.choice([b"WAVE", b"wave", b"AVI ", b"RMID", b"WAVX"])
    return "form"


def payload(file, chance):
    """The content of data: other bytes, more or fewer of them, frames of another codec."""
    data = file.find(b"data")
    if data is None:
        return None
    frame = b"\xff\xfb\x90\x64" + bytes(413)
    what, body = chance.choice(
        [
            ("MP3 frames", frame * 1840),
            ("MP3 frames", frame * 100),
            ("AC-3 sync", (b"\x0b\x77" + bytes(766)) * 50),
            ("DTS sync", (b"\x7f\xfe\x80\x01" + bytes(1020)) * 50),
            ("half", data.body[: len(data.body) // 2]),
            ("silence", seconds(file, 40)),
            ("a byte less", data.body[:-1]),
            ("a byte more", data.body + b"\0"),
            ("nothing", b""),
            ("twice", data.body * 2),
            ("ID3", b"ID3\3\0\0\0\0\0\0" + data.body),
        ]
    )
    keep = chance.random() < 0.2
    if keep:
        data.size = len(data.body)
    data.body = body
    return f"data {what}" + (" old size" if keep else "")


OPERATIONS = [
    (fields, 20),
    (sizes, 15),
    (chunks, 10),
    (block_format, 8),
    (other_bits, 8),
    (facts, 4),
    (more, 15),
    (rf64, 8),
    (after, 6),
    (head, 2),
    (payload, 8),
]


def mutate(data, other, chance):
    file = File(data)
    done = apply(OPERATIONS, chance, file)
    result = file.bytes()
    if chance.random() < 0.02:
        return result + other, [*done, "splice file"]
    return result, done
