"""Mutants of BMP files, by the fields of their headers."""

import struct

from values import SIDES, apply, fit, odd, put

FIELDS = [
    ("magic", 0, 2),
    ("file size", 2, 4),
    ("reserved", 6, 2),
    ("reserved", 8, 2),
    ("offset", 10, 4),
    ("header size", 14, 4),
    ("width", 18, 4),
    ("height", 22, 4),
    ("planes", 26, 2),
    ("bits", 28, 2),
    ("compression", 30, 4),
    ("image size", 34, 4),
    ("resolution", 38, 4),
    ("resolution", 42, 4),
    ("colors", 46, 4),
    ("important", 50, 4),
    ("red mask", 54, 4),
    ("green mask", 58, 4),
    ("blue mask", 62, 4),
    ("alpha mask", 66, 4),
    ("color space", 70, 4),
    ("gamma", 110, 4),
    ("intent", 122, 4),
    ("profile", 126, 4),
    ("profile size", 130, 4),
    ("reserved", 134, 4),
]
OLD = [
    ("magic", 0, 2),
    ("file size", 2, 4),
    ("offset", 10, 4),
    ("header size", 14, 4),
    ("width", 18, 2),
    ("height", 20, 2),
    ("planes", 22, 2),
    ("bits", 24, 2),
]


class File:
    def __init__(self, data):
        self.data = data

    @property
    def header(self):
        return struct.unpack_from("<I", self.data, 14)[0] if len(self.data) >= 18 else 0

    @property
    def offset(self):
        return min(len(self.data), struct.unpack_from("<I", self.data, 10)[0]) if len(self.data) >= 14 else 0


def field(file, chance):
    known = [entry for entry in (OLD if file.header == 12 else FIELDS) if entry[1] < 14 + max(40, file.header)]
    what, at, size = chance.choice(known)
    if at + size > len(file.data):
        return None
    now = int.from_bytes(file.data[at : at + size], "little")
    choices = {
        "bits": [0, 1, 2, 4, 8, 15, 16, 24, 32, 64],
        "compression": [0, 1, 2, 3, 4, 5, 6, 11, 99],
        "planes": [0, 2, 3, 255],
        "width": SIDES,
        "height": [-now, *SIDES],
        "header size": [12, 16, 40, 52, 56, 60, 64, 108, 124, 128, 200, 1000],
        "colors": [0, 1, 2, 255, 256, 257, 300, 65536],
        "important": [0, 1, 300, 0xFFFFFFFF],
        "image size": [0, 1, now + 1, now * 2, 0xFFFFFFFF],
        "color space": [0, 1, 0x73524742, 0x4C494E4B, 0x4D424544, 99],
        "offset": [0, 14, 54, now + 4, now - 4, now + 1, len(file.data)],
    }
    value = fit(chance.choice(choices.get(what, [])) if what in choices else odd(chance, now, size), size)
    if value == now:
        return None
    file.data = file.data[:at] + value.to_bytes(size, "little") + file.data[at + size :]
    return what


def other_header(file, chance):
    """The same pixels under a header of another form."""
    if file.header < 40 or len(file.data) < 54:
        return None
    size = chance.choice([16, 40, 52, 56, 64, 108, 124, 12, 68])
    old = file.data[14 : 14 + file.header]
    palette_and_pixels = file.data[14 + file.header :]
    width, height, planes, bits = struct.unpack_from("<iiHH", old, 4)
    if size == 12:
        if not 0 < width < 65536 or not 0 < height < 65536:
            return None
        new = struct.pack("<IHHHH", 12, width, height, planes, bits)
    else:
        new = struct.pack("<I", size) + old[4:size].ljust(size - 4, b"\0")
    shift = size - file.header
    file.data = put(file.data[:14] + new + palette_and_pixels, 10, "<I", fit(file.offset + shift, 4))
    if chance.random() < 0.8:
        file.data = put(file.data, 2, "<I", len(file.data))
    return f"header of {size}"


def gap(file, chance):
    """Bytes added or removed before the pixels."""
    at, amount = file.offset, chance.choice([1, 2, 4, 100, 1024])
    add = chance.random() < 0.7
    file.data = file.data[:at] + bytes(amount) + file.data[at:] if add else file.data[: at - amount] + file.data[at:]
    if chance.random() < 0.8:
        file.data = put(file.data, 10, "<I", fit(at + (amount if add else -amount), 4))
    return f"{'more' if add else 'fewer'} bytes before pixels"


def end(file, chance):
    kind = chance.choice(["less", "more", "row less", "half", "profile"])
    file.data = {
        "less": file.data[:-1],
        "more": file.data + bytes(chance.choice([1, 4, 1000])),
        "row less": file.data[:-720],
        "half": file.data[: len(file.data) // 2],
        "profile": file.data + bytes(128),
    }[kind]
    if chance.random() < 0.5:
        file.data = put(file.data, 2, "<I", len(file.data))
    return f"pixels {kind}"


def palette(file, chance):
    bits = struct.unpack_from("<H", file.data, 28)[0] if len(file.data) > 30 else 0
    if bits > 8 or file.header < 40:
        return None
    wanted = chance.choice([0, 1, 2, 15, 17, 255, 257, 300, 512])
    start = 14 + file.header
    entries = file.data[start : file.offset]
    pixels = file.data[file.offset :]
    entries = entries[: 4 * wanted].ljust(4 * wanted, b"\x40")
    file.data = put(file.data[:start] + entries + pixels, 10, "<I", start + len(entries))
    file.data = put(put(file.data, 46, "<I", wanted), 2, "<I", len(file.data))
    return f"palette of {wanted}"


def runs(file, chance):
    """The bytes of the pixels: escapes of run lengths, mostly."""
    if len(file.data) <= file.offset + 4:
        return None
    at = chance.randrange(file.offset, len(file.data) - 4)
    new = chance.choice([b"\0\0", b"\0\1", b"\0\2\1\1", b"\0\3", b"\xff\1", b"\0\xff"])
    file.data = file.data[:at] + new + file.data[at + (len(new) if chance.random() < 0.6 else 0) :]
    return "runs"


OPERATIONS = [(field, 40), (other_header, 15), (gap, 10), (end, 10), (palette, 15), (runs, 5)]


def mutate(data, other, chance):
    file = File(data)
    if len(data) < 40:
        return data + other, ["splice file"]
    done = apply(OPERATIONS, chance, file)
    return file.data, done
