"""A PNG writer that can also write files that no tool writes."""

import struct
import zlib

import pictures
from tools import deflate

SIGNATURE = b"\x89PNG\r\n\x1a\n"
GRAY, RGB, PALETTE, GRAY_ALPHA, RGBA = 0, 2, 3, 4, 6
_CHANNELS = {GRAY: 1, RGB: 3, PALETTE: 1, GRAY_ALPHA: 2, RGBA: 4}
_ADAM7 = [(0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2)]


def chunk(kind, data=b"", crc=None):
    """One chunk; `crc` stands in for the right checksum."""
    right = zlib.crc32(kind + data) if crc is None else crc
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", right)


def header(width, height, depth, color, interlace=0):
    """The IHDR chunk."""
    return chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, depth, color, 0, 0, interlace))


def filtered(rows, stride=1):
    """Rows with filter Sub, which turns a gradient into a constant."""
    for row in rows:
        shifted = bytes(stride) + row[:-stride]
        yield b"\x01" + bytes((a - b) & 255 for a, b in zip(row, shifted))


def plain(rows):
    """Rows without a filter."""
    return (b"\x00" + row for row in rows)


def image(width, height, depth, color, scanlines, before=(), after=(), interlace=0, idat=8192, level=9):
    """A whole file of filtered `scanlines`, with chunks `before` and `after` its IDAT chunks."""
    data = deflate(b"".join(scanlines), level)
    return b"".join([SIGNATURE, header(width, height, depth, color, interlace), *before, *idats(data, idat),
                     *after, chunk(b"IEND")])


def idats(data, size=8192, kind=b"IDAT"):
    """The compressed data, split among chunks."""
    return [chunk(kind, data[at:at + size]) for at in range(0, len(data), size)]


def rgb(width, height, before=(), after=()):
    """The colour gradient, 8 bits."""
    rows = filtered(pictures.rgb_rows(width, height), 3)
    return image(width, height, 8, RGB, rows, before, after)


def rgba(width, height, opacity, before=()):
    """The colour gradient with alpha; `opacity(y)` is the opacity of row y."""
    rows = filtered(pictures.rgb_rows(width, height, opacity), 4)
    return image(width, height, 8, RGBA, rows, before)


def gray(width, height, depth, before=(), after=()):
    """Gray of any depth: bars up to 8 bits, a ramp at 16."""
    if depth == 16:
        return image(width, height, 16, GRAY, plain(_wide(width, height, 1)), before, after)
    return image(width, height, depth, GRAY, plain(pictures.index_rows(width, height, depth)), before, after)


def rgb16(width, height):
    """Colour with 16 bits a channel."""
    return image(width, height, 16, RGB, plain(_wide(width, height, 3)))


def palette(width, height, depth=8, before=(), after_palette=(), colors=None):
    """Bars in as many colours as `depth` allows, or in `colors` colours."""
    count = colors or 1 << depth
    table = chunk(b"PLTE", bytes(v for i in range(count) for v in (i * 255 // (count - 1), 90, 255 - i // 2)))
    rows = plain(pictures.index_rows(width, height, depth))
    return image(width, height, depth, PALETTE, rows, [*before, table, *after_palette])


def interlaced(width, height):
    """The colour gradient in the seven passes of Adam7."""
    rows = list(pictures.rgb_rows(width, height))
    lines = []
    for x0, y0, dx, dy in _ADAM7:
        for y in range(y0, height, dy):
            row = rows[y]
            line = bytearray(len(range(x0, width, dx)) * 3)
            for channel in range(3):
                line[channel::3] = row[x0 * 3 + channel::dx * 3]
            lines.append(bytes(line))
    return image(width, height, 8, RGB, filtered(lines, 3), interlace=1)


def animated(width, height, frames):
    """An APNG whose first frame is the default image."""
    def control(number, at):
        return chunk(b"fcTL", struct.pack(">IIIIIHHBB", number, width, height, 0, 0, 1, 10, 0, 0))

    pixels = deflate(b"".join(filtered(pictures.rgb_rows(width, height), 3)))
    parts = [SIGNATURE, header(width, height, 8, RGB), chunk(b"acTL", struct.pack(">II", frames, 0)),
             control(0, 0), *idats(pixels)]
    number = 1
    for at in range(1, frames):
        line = b"\x00" + bytes([40 * at, 90, 200]) * width
        parts.append(control(number, at))
        parts.append(chunk(b"fdAT", struct.pack(">I", number + 1) + deflate(line * height)))
        number += 2
    return b"".join([*parts, chunk(b"IEND")])


def chunks(data):
    """The chunks of a well-formed file, as (kind, payload)."""
    at = len(SIGNATURE)
    while at < len(data):
        size = struct.unpack_from(">I", data, at)[0]
        yield data[at + 4:at + 8], data[at + 8:at + 8 + size]
        at += 12 + size


def _wide(width, height, channels):
    row = b"".join(struct.pack(">H", (x * 65535 // width) ^ (c * 513)) for x in range(width) for c in range(channels))
    return [row] * height
