"""Mutants of JPEG files, by their grammar of marker segments."""

import struct

from values import SIDES, apply, fit, put, shuffle_parts

BARE = {0xD8, 0xD9, 0x01, *range(0xD0, 0xD8)}
NAMES = {
    0xD8: "SOI",
    0xD9: "EOI",
    0xC4: "DHT",
    0xDA: "SOS",
    0xDB: "DQT",
    0xDD: "DRI",
    0xFE: "COM",
    0xC0: "SOF0",
    0xC1: "SOF1",
    0xC2: "SOF2",
    0xC9: "SOF9",
    0xDC: "DNL",
    0xCC: "DAC",
    0xC8: "JPG",
    **{0xE0 + number: f"APP{number}" for number in range(16)},
}
FRAMES = {0xC0, 0xC1, 0xC2, 0xC3, 0xC5, 0xC6, 0xC7, 0xC9, 0xCA, 0xCB}


class Segment:
    """A marker with its payload, its stated length, and the coded bytes that follow it."""

    def __init__(self, marker, body=b"", coded=b""):
        self.marker, self.body, self.coded, self.size, self.before = marker, body, coded, None, b""

    def bytes(self):
        head = self.before + bytes([0xFF, self.marker])
        if self.marker not in BARE:
            head += struct.pack(">H", fit(len(self.body) + 2 if self.size is None else self.size, 2)) + self.body
        return head + self.coded


class File:
    def __init__(self, data):
        self.segments, at = [], 0
        while at + 2 <= len(data):
            start = data.find(b"\xff", at)
            if start < 0 or start + 1 >= len(data):
                break
            marker = data[start + 1]
            if marker == 0xFF or marker == 0:
                at = start + 1
                continue
            if marker in BARE:
                self.segments.append(Segment(marker))
                at = start + 2
            else:
                size = struct.unpack_from(">H", data, start + 2)[0] if start + 4 <= len(data) else 2
                at = start + 2 + max(2, size)
                self.segments.append(Segment(marker, data[start + 4 : at]))
            if marker in BARE - {0xD8, 0xD9} or marker == 0xDA:
                end = at
                while end + 1 < len(data) and not (data[end] == 0xFF and data[end + 1] != 0):
                    end += 1
                self.segments[-1].coded, at = data[at:end], end
            if marker == 0xD9:
                break
        self.tail = data[at:]

    def bytes(self):
        return b"".join(segment.bytes() for segment in self.segments) + self.tail

    def find(self, *markers):
        return next((segment for segment in self.segments if segment.marker in markers), None)


def label(segment):
    return NAMES.get(segment.marker, "RST" if 0xD0 <= segment.marker <= 0xD7 else f"{segment.marker:#x}")


def segments(file, chance):
    return shuffle_parts(file.segments, chance, label)


def length(file, chance):
    with_body = [segment for segment in file.segments if segment.marker not in BARE]
    if not with_body:
        return None
    segment = chance.choice(with_body)
    now = len(segment.body) + 2
    if chance.random() < 0.5:
        segment.size = chance.choice([0, 1, 2, now + 1, now - 1, now + 2, now * 2, 0xFFFF])
        return f"{label(segment)} length"
    segment.body = chance.choice(
        [segment.body[:-1], segment.body + b"\0", segment.body[: len(segment.body) // 2], b"", segment.body + bytes(20)]
    )
    return f"{label(segment)} body length"


def frame(file, chance):
    segment = file.find(*FRAMES)
    if segment is None or len(segment.body) < 9:
        return None
    what, at, layout = chance.choice(
        [
            ("marker", 0, ""),
            ("precision", 0, "B"),
            ("height", 1, ">H"),
            ("width", 3, ">H"),
            ("components", 5, "B"),
            ("id", 6, "B"),
            ("sampling", 7, "B"),
            ("table", 8, "B"),
            ("id", 9, "B"),
            ("sampling", 10, "B"),
            ("table", 11, "B"),
        ]
    )
    if what == "marker":
        segment.marker = chance.choice(sorted(FRAMES - {segment.marker}))
        return f"frame as {label(segment)}"
    now = struct.unpack_from(layout, segment.body, at)[0] if at < len(segment.body) - 1 else 0
    value = {
        "precision": [0, 1, 9, 12, 16],
        "height": [now + 1, now - 1, now + 8, now - 8, *SIDES],
        "width": [now + 1, now - 1, now + 8, *SIDES],
        "components": [0, 1, 2, 4, 5],
        "id": [0, 1, 2, 3, 82, 71, 255],
        "sampling": [0x11, 0x12, 0x21, 0x22, 0x41, 0x14, 0x33, 0, 0x55],
        "table": [0, 1, 2, 3, 4],
    }[what]
    segment.body = put(segment.body, at, layout, fit(chance.choice(value), struct.calcsize(layout)))
    return f"frame {what}"


def scan(file, chance):
    scans = [segment for segment in file.segments if segment.marker == 0xDA and len(segment.body) >= 6]
    if not scans:
        return None
    segment = chance.choice(scans)
    what, at = chance.choice([("components", 0), ("selector", 1), ("tables", 2), ("Ss", -3), ("Se", -2), ("AhAl", -1)])
    values = {
        "components": [0, 1, 2, 3, 4, 5],
        "selector": [0, 1, 2, 3, 255],
        "tables": [0, 0x11, 0x10, 0x22, 0x44],
        "Ss": [0, 1, 5, 63, 64],
        "Se": [0, 1, 62, 63, 64, 255],
        "AhAl": [0, 1, 0x10, 0x21, 0xFF],
    }[what]
    at %= len(segment.body)
    segment.body = put(segment.body, at, "B", chance.choice(values))
    return f"scan {what}"


def tables(file, chance):
    found = [segment for segment in file.segments if segment.marker in (0xC4, 0xDB, 0xDD) and segment.body]
    if not found:
        return None
    segment = chance.choice(found)
    at = chance.choice([0, 0, chance.randrange(len(segment.body))])
    segment.body = put(segment.body, at, "B", chance.choice([0, 1, 2, 3, 4, 0x10, 0x11, 0x13, 0x20, 255]))
    return f"{label(segment)} {'head' if at == 0 else 'entry'}"


def more(file, chance):
    """A segment that readers look at before they decode."""
    density = chance.choice([b"\1\0\x48\0\x48", b"\1\0\0\0\0", b"\xff\xff\xff\xff\xff"])
    marker, body = chance.choice(
        [
            (0xE0, b"JFIF\0" + bytes([1, chance.choice([0, 1, 2, 9])]) + density + b"\0\0"),
            (0xE0, b"JFIF\0" + bytes([chance.choice([0, 2, 9]), 1]) + density + b"\0\0"),
            (0xE0, b"JFIF\0\1\2" + density + b"\x10\x10"),
            (0xE0, b"JFIF\0"),
            (0xE0, b"JFIF"),
            (0xE0, b"JFXX\0\x10"),
            (0xE0, b""),
            (0xE0, b"AVI1\0"),
            (0xEE, b"Adobe\0\x64\0\0\0\0" + bytes([chance.choice([0, 1, 2, 3])])),
            (0xEE, b"Adobe"),
            (0xEE, b"Adobe\0\x64"),
            (0xED, b"Photoshop 3.0\x008BIM"),
            (0xED, b"Photoshop 3.0\x008BIM\3\xed\0\0\0\0\0\x10" + bytes(3)),
            (0xE1, b"Exif\0\0MM\0*\0\0\0\10\0\0\0\0\0\0"),
            (0xE1, b"Exif\0\0"),
            (0xE1, b"Exif\0\0II*\0\xff\xff\xff\xff"),
            (0xE1, b"Exif\0\0MM\0*\0\0\0\10\xff\xff"),
            (0xE1, b"Exif\0\0MM\0*\0\0\0\10\0\1\1\x12\0\3\0\0\0\1\0" + bytes([chance.choice([3, 6, 9])]) + bytes(6)),
            (0xE1, b"http://ns.adobe.com/xap/1.0/\0<x"),
            (0xE2, b"ICC_PROFILE\0\1\2" + bytes(20)),
            (0xE2, b"ICC_PROFILE\0\0\0"),
            (0xE2, b"ICC_PROFILE\0\1\1" + bytes(200)),
            (0xE2, b"ICC_PROFILE\0"),
            (0xE2, b"MPF\0MM\0*\0\0\0\10\0\0"),
            (0xE2, b"MPF\0II*\0\xff\xff\xff\xff"),
            (0xE2, b"MPF\0"),
            (0xFE, b""),
            (0xFE, bytes(60_000)),
            (0xDD, struct.pack(">H", chance.choice([0, 1, 4, 1000]))),
            (0xDC, struct.pack(">H", chance.choice(SIDES))),
            (0xC8, bytes(4)),
            (0xF0, bytes(4)),
            (0x02, bytes(4)),
            (0xCC, b"\0\x10"),
            (0xDE, bytes(5)),
            (0xDF, b"\0"),
            (0x01, b""),
            (0xD8, b""),
            (0xD0, b""),
            (0xD9, b""),
        ]
    )
    if chance.random() < 0.3:
        file.segments[:] = [segment for segment in file.segments if segment.marker != marker or marker < 0xE0]
    frame_at = next((at for at, segment in enumerate(file.segments) if segment.marker in FRAMES), 1)
    scan_at = next((at for at, segment in enumerate(file.segments) if segment.marker == 0xDA), 1)
    at = chance.choice([1, 1, 1, frame_at, scan_at, scan_at + 1, len(file.segments)])
    file.segments.insert(at, Segment(marker, body))
    return f"add {label(Segment(marker))}" + ("" if at <= frame_at else " late")


def stray(file, chance):
    """Bytes between segments."""
    if not file.segments:
        return None
    segment = chance.choice(file.segments)
    segment.before = chance.choice([b"\0", b"\xff", b"\xff" * 20, bytes(16), b"\xff\0", b"\x0d\x0a", b"ab"])
    return f"stray before {label(segment)}"


def coded(file, chance):
    """The coded bytes of a scan or of a restart interval."""
    with_bytes = [segment for segment in file.segments if segment.coded]
    if not with_bytes:
        return None
    segment = chance.choice(with_bytes)
    kind = chance.choice(["cut", "longer", "restart", "flip", "marker"])
    at = chance.randrange(len(segment.coded))
    segment.coded = {
        "cut": segment.coded[: -chance.choice([1, 2, 10])],
        "longer": segment.coded + chance.choice([b"\0", bytes(10), b"\x55" * 4]),
        "restart": segment.coded[:at] + b"\xff\xd0" + segment.coded[at:],
        "flip": put(segment.coded, at, "B", segment.coded[at] ^ (1 << chance.randrange(8))),
        "marker": segment.coded[:at] + b"\xff\xfe\0\4ab" + segment.coded[at:],
    }[kind]
    return f"coded {kind}"


def ends(file, chance):
    kind = chance.choice(["no EOI", "zeros before EOI", "file after", "bytes after", "bytes first"])
    if kind == "no EOI":
        file.segments[:] = [segment for segment in file.segments if segment.marker != 0xD9]
    elif kind == "zeros before EOI" and file.segments:
        file.segments[-1].before = bytes(chance.choice([1, 16, 500]))
    elif kind == "bytes first" and file.segments:
        file.segments[0].before = chance.choice([b"\0", b"\r\n", b"\xff"])
    else:
        file.tail += file.bytes() if kind == "file after" else bytes(chance.choice([1, 100]))
    return kind


def restarts(file, chance):
    found = [segment for segment in file.segments if 0xD0 <= segment.marker <= 0xD7]
    if not found:
        return None
    segment = chance.choice(found)
    segment.marker = 0xD0 + chance.randrange(8)
    return "restart number"


OPERATIONS = [
    (segments, 15),
    (length, 12),
    (frame, 12),
    (scan, 8),
    (tables, 8),
    (more, 30),
    (stray, 8),
    (coded, 8),
    (ends, 6),
    (restarts, 3),
]


def mutate(data, other, chance):
    file = File(data)
    if not file.segments:
        return data + other, ["splice file"]
    done = apply(OPERATIONS, chance, file)
    return file.bytes(), done
