"""WebP containers, and lossless streams of one colour, which take 17 bytes at any size."""

import struct

ANIMATION, XMP, EXIF, ALPHA, ICC = 0x02, 0x04, 0x08, 0x10, 0x20


def chunk(kind, data):
    """One RIFF chunk with its padding."""
    return kind + struct.pack("<I", len(data)) + data + bytes(len(data) % 2)


def file(*chunks, size=None):
    """A whole file; `size` stands in for the right RIFF size."""
    body = b"WEBP" + b"".join(chunks)
    return b"RIFF" + struct.pack("<I", len(body) if size is None else size) + body


def chunks(data):
    """The chunks of a well-formed file, as (kind, payload)."""
    at = 12
    while at < len(data):
        size = struct.unpack_from("<I", data, at + 4)[0]
        yield data[at:at + 4], data[at + 8:at + 8 + size]
        at += 8 + size + size % 2


def extended(flags, width, height):
    """The VP8X chunk."""
    return chunk(b"VP8X", bytes([flags, 0, 0, 0]) + _u24(width - 1) + _u24(height - 1))


def bitstream(data):
    """The VP8 or VP8L chunk of a file without alpha beside it, header and padding included."""
    kind, payload = next((k, p) for k, p in chunks(data) if k in (b"VP8 ", b"VP8L"))
    return chunk(kind, payload)


def solid(width, height, color=(40, 90, 200, 255)):
    """A VP8L chunk of one colour (red, green, blue, alpha)."""
    size = 0x2F | (width - 1) << 8 | (height - 1) << 22 | int(color[3] < 255) << 36
    return chunk(b"VP8L", struct.pack("<Q", size)[:5] + _solid_pixels(color))


def alpha_plane(level):
    """An ALPH chunk of one level, compressed without a header as the format has it."""
    return chunk(b"ALPH", b"\x01" + _solid_pixels((0, level, 0, 255)))


def animation(width, height, colors, duration=100):
    """An animation of one colour a frame."""
    frames = [chunk(b"ANMF", _u24(0) + _u24(0) + _u24(width - 1) + _u24(height - 1) + _u24(duration) + b"\0"
                    + solid(width, height, color)) for color in colors]
    return file(extended(ANIMATION, width, height), chunk(b"ANIM", bytes(6)), *frames)


def _u24(value):
    return struct.pack("<I", value)[:3]


def _solid_pixels(color):
    """No transform, no cache, one group of five codes with one symbol each, so that pixels take no bits."""
    red, green, blue, alpha = color
    bits = [0, 0, 0]
    for symbol in (green, red, blue, alpha):
        bits += [1, 0, 1] + [symbol >> n & 1 for n in range(8)]
    bits += [1, 0, 0, 0]
    value = sum(bit << n for n, bit in enumerate(bits))
    return value.to_bytes(-(-len(bits) // 8) + 1, "little")
