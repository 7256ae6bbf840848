"""Mutants of MP3 files, by their grammar of tags and frames."""

import struct

from values import apply, fit, odd, put, shuffle_parts

RATES = {3: (44100, 48000, 32000), 2: (22050, 24000, 16000), 0: (11025, 12000, 8000)}
KBPS = {
    3: (0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320),
    2: (0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160),
}


def frame_size(data, at):
    """The size of the layer III frame at `at`, or None."""
    if at + 4 > len(data):
        return None
    word = struct.unpack_from(">I", data, at)[0]
    version, layer, index, rate = word >> 19 & 3, word >> 17 & 3, word >> 12 & 15, word >> 10 & 3
    if word >> 21 != 0x7FF or version == 1 or layer != 1 or index in (0, 15) or rate == 3:
        return None
    return (144 if version == 3 else 72) * KBPS[3 if version == 3 else 2][index] * 1000 // RATES[version][rate] + (
        word >> 9 & 1
    )


class File:
    """The bytes before the frames, the frames, and the bytes after them."""

    def __init__(self, data):
        at = 0
        while data[at : at + 3] == b"ID3" and len(data) >= at + 10:
            at += 10 + sum((data[at + 6 + place] & 127) << (21 - 7 * place) for place in range(4))
        while at < len(data) and (frame_size(data, at) is None or frame_size(data, at + frame_size(data, at)) is None):
            at += 1
        self.before, self.frames = data[:at], []
        while frame_size(data, at) and at + frame_size(data, at) <= len(data):
            self.frames.append(data[at : at + frame_size(data, at)])
            at += len(self.frames[-1])
        self.after = data[at:]

    def bytes(self):
        return self.before + b"".join(self.frames) + self.after


def synchsafe(value):
    return bytes(value >> shift & 127 for shift in (21, 14, 7, 0))


def sound(file, seconds):
    """Frames of about `seconds`, at most 400 kB."""
    word = struct.unpack(">I", file.frames[-1][:4])[0]
    version, rate = word >> 19 & 3, word >> 10 & 3
    count = seconds * RATES[version][rate] // (1152 if version == 3 else 576)
    return (b"".join(file.frames[1:]) * (1 + count // max(1, len(file.frames) - 1)))[:400_000]


def frames(file, chance):
    if len(file.frames) < 3:
        return None
    kind = chance.choice(["one", "many", "cut", "shift"])
    if kind == "one":
        return shuffle_parts(file.frames, chance, lambda _: "frame")
    if kind == "many":
        file.frames[1:] = file.frames[1:] * chance.choice([2, 14, 20])
        del file.frames[20_000:]
        return "repeat all frames"
    if kind == "cut":
        keep = chance.choice([1, 2, len(file.frames) // 2, len(file.frames) - 1])
        del file.frames[keep:]
        return "cut frames"
    at = chance.randrange(len(file.frames))
    file.frames[at] = file.frames[at][: chance.choice([4, 10, len(file.frames[at]) - 1])]
    return "cut a frame"


def header(file, chance):
    """A field of one frame's header, or of all."""
    if not file.frames:
        return None
    what, shift, bits = chance.choice(
        [
            ("version", 19, 2),
            ("layer", 17, 2),
            ("protection", 16, 1),
            ("bit rate", 12, 4),
            ("rate", 10, 2),
            ("padding", 9, 1),
            ("mode", 6, 2),
            ("extension", 4, 2),
            ("emphasis", 0, 2),
            ("private", 8, 1),
        ]
    )
    value = chance.randrange(1 << bits)
    which = chance.choice(["first", "second", "last", "all", "half"])
    count = len(file.frames)
    places = {
        "first": [0],
        "second": [min(1, count - 1)],
        "last": [count - 1],
        "all": range(count),
        "half": range(count // 2, count),
    }[which]
    for at in places:
        word = struct.unpack(">I", file.frames[at][:4])[0]
        file.frames[at] = struct.pack(">I", word & ~(((1 << bits) - 1) << shift) | value << shift) + file.frames[at][4:]
    return f"{which} {what}"


def first_bit_rate(file, chance):
    """A silent first frame of another bit rate, as in ordinary VBR: readers estimate the length from it."""
    if not file.frames:
        return None
    word = struct.unpack(">I", file.frames[0][:4])[0] & ~0xF200
    new = struct.pack(">I", word | chance.choice([1, 2, 5, 9, 14]) << 12)
    size = frame_size(new, 0)
    if size is None:
        return None
    if chance.random() < 0.6 and any(mark in file.frames[0] for mark in (b"Xing", b"Info", b"VBRI")):
        del file.frames[0]
    file.frames[:0] = [new + bytes(size - 4)] * chance.choice([1, 1, 3, 30])
    return "first bit rate"


def info(file, chance):
    """The Xing, Info or VBRI header."""
    if not file.frames:
        return None
    first = file.frames[0]
    at = next((first.find(mark) for mark in (b"Xing", b"Info", b"VBRI") if mark in first), -1)
    if at < 0:
        at = 36 if len(first) > 160 else 13
        if len(first) < at + 16:
            return None
        file.frames.insert(
            0,
            first[:4]
            + bytes(at - 4)
            + b"Xing"
            + struct.pack(">III", chance.choice([1, 3, 7, 15]), len(file.frames) * chance.choice([1, 10]), 0)
            + bytes(len(first) - at - 16),
        )
        return "add Xing"
    if first[at : at + 4] == b"VBRI":
        what, place, layout = chance.choice(
            [("bytes", 10, ">I"), ("frames", 14, ">I"), ("delay", 6, ">H"), ("entries", 18, ">H"), ("mark", 0, ">I")]
        )
    else:
        what, place, layout = chance.choice(
            [
                ("mark", 0, ">I"),
                ("flags", 4, ">I"),
                ("frames", 8, ">I"),
                ("bytes", 12, ">I"),
                ("delay", 141, ">I"),
                ("lame", 120, ">I"),
            ]
        )
    length = struct.calcsize(layout)
    if at + place + length > len(first):
        return None
    now = struct.unpack_from(layout, first, at + place)[0]
    if what == "mark":
        value = int.from_bytes(chance.choice([b"Xing", b"Info", b"XXXX", b"VBRI"]), "big")
    elif what == "flags":
        value = chance.choice([0, 1, 2, 3, 4, 8, 15])
    else:
        value = chance.choice([0, now * 10, now // 10, now * 2, odd(chance, now, length)])
    file.frames[0] = put(first, at + place, layout, fit(value, length))
    return f"{first[at:at + 4].decode()} {what}"


def tag_before(file, chance):
    """An ID3v2 tag, its size right, too small, or such that it claims frames."""
    body = b"TIT2\0\0\0\3\0\0\0a\0" + bytes(chance.choice([0, 10, 2000]))
    claim = chance.choice(
        [
            len(body),
            len(body),
            len(body) + len(b"".join(file.frames[: chance.choice([1, 5, 1000])])),
            0,
            5,
            0x0FFFFFFF,
            len(body) + 1,
        ]
    )
    tag = b"ID3" + bytes([chance.choice([3, 4, 2, 4, 9]), 0, chance.choice([0, 0, 0x10, 0x40, 0x80])]) + synchsafe(claim) + body
    where = chance.choice(["before", "before", "between", "after"])
    if where == "between" and file.frames:
        file.frames.insert(chance.randint(1, len(file.frames)), tag)
    elif where == "after":
        file.after = tag + file.after
    else:
        file.before = chance.choice([tag + file.before, file.before + tag, tag])
    return f"ID3v2 {where}" + (
        " claims frames" if len(body) < claim < 0x0FFFFFFF else "" if claim == len(body) else " wrong size"
    )


def hidden(file, chance):
    """Frames inside the bytes that a tag claims: APE, Lyrics3, ID3v2 and its padding."""
    if len(file.frames) < 2:
        return None
    body = sound(file, chance.choice([1, 40, 40]))
    kind = chance.choice(["APE", "APE", "APE start", "Lyrics3", "ID3v2", "ID3v2 late", "ID3v1"])
    flags = chance.choice([0x80000000, 0, 0xA0000000])
    footer = b"APETAGEX" + struct.pack("<IIII", 2000, len(body) + 32, chance.choice([0, 1]), flags & ~0x20000000) + bytes(8)
    if kind == "APE":
        start = b"APETAGEX" + struct.pack("<IIII", 2000, len(body) + 32, 0, flags | 0x20000000) + bytes(8)
        file.after = (
            (start if chance.random() < 0.5 else b"") + body + footer + (b"TAG" + bytes(125) if chance.random() < 0.5 else b"")
        )
    elif kind == "APE start":
        file.before = b"APETAGEX" + struct.pack("<IIII", 2000, len(body) + 32, 0, 0xA0000000) + bytes(8) + body + footer
    elif kind == "Lyrics3":
        text = b"LYRICSBEGIN" + body
        file.after = text + b"%06dLYRICS200" % (len(text) % 1_000_000) + b"TAG" + bytes(125)
    elif kind == "ID3v1":
        file.after = (b"TAG" + bytes(125)) * chance.choice([1, 2]) + body
    else:
        tag = b"ID3\4\0\0" + synchsafe(len(body)) + body
        if kind == "ID3v2":
            file.before = tag
        else:
            file.frames.insert(chance.randint(1, len(file.frames)), tag)
    return f"frames in {kind}"


def between(file, chance):
    """Bytes that are not frames, at some place."""
    junk = chance.choice(
        [
            bytes(1),
            bytes(100),
            bytes(70_000),
            b"\xff" * 64,
            b"\xff\xe0" * 8,
            chance.randbytes(300),
            b"RIFF\0\0\0\0WAVEfmt ",
            b"<html>" * 10,
            b"\xff\xfd\x84\x04" + bytes(500),
            b"\xff\xf1\x50\x80\x04\x3f\xfc" + bytes(128),
        ]
    )
    where = chance.choice(["before", "after", "between"])
    if where == "before":
        file.before += junk
    elif where == "after":
        file.after = junk + file.after
    else:
        file.frames.insert(chance.randint(0, len(file.frames)), junk)
    return f"junk {where}"


def after(file, chance):
    file.after = chance.choice(
        [
            b"",
            b"TAG" + bytes(125),
            bytes(1000),
            b"APETAGEX" + struct.pack("<IIII", 2000, 32, 0, 0) + bytes(8),
            b"TAG+" + bytes(223) + b"TAG" + bytes(125),
        ]
    )
    return "end"


OPERATIONS = [
    (frames, 15),
    (header, 15),
    (first_bit_rate, 8),
    (info, 15),
    (tag_before, 12),
    (hidden, 14),
    (between, 10),
    (after, 4),
]


def mutate(data, other, chance):
    file = File(data)
    if not file.frames:
        return data + other, ["splice file"]
    if chance.random() < 0.04:
        return data + other, ["splice file"]
    done = apply(OPERATIONS, chance, file)
    return file.bytes(), done
