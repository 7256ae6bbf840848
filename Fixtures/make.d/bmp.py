"""A BMP writer for every header and encoding that is still in use."""

import struct

import pictures

RGB, RLE8, RLE4, BITFIELDS = 0, 1, 2, 3


def table(count):
    """A colour table of `count` entries, blue, green, red, 0."""
    return b"".join(bytes([255 - i * 255 // (count - 1), 80, i * 255 // (count - 1), 0]) for i in range(count))


def header(width, height, depth, coding=RGB, size=40, data=0, colors=0, masks=b""):
    """An information header: 12 bytes (OS/2), 40, 108 (V4) or 124 (V5); `masks` are its colour masks."""
    if size == 12:
        return struct.pack("<IHHHH", 12, width, height, 1, depth)
    head = struct.pack("<IiiHHIIiiII", size, width, height, 1, depth, coding, data, 2835, 2835, colors, 0)
    if size > 40:
        head += masks.ljust(16, b"\0") + b"BGRs" + bytes(36 + 12)
        if size == 124:
            head += struct.pack("<IIII", 4, 0, 0, 0)
    return head


def file(head, tables, pixels, gap=b"", size=None):
    """A whole file: `tables` (masks, colours), a `gap`, then pixels; `size` stands in for the right file size."""
    start = 14 + len(head) + len(tables) + len(gap)
    declared = start + len(pixels) if size is None else size
    return struct.pack("<2sIHHI", b"BM", declared, 0, 0, start) + head + tables + gap + pixels


def padded(rows):
    """Rows, each padded to four bytes."""
    return b"".join(row + bytes(-len(row) % 4) for row in rows)


def indexed(width, height, depth, size=40, top_down=False):
    """1, 4 or 8 bits with a colour table."""
    colors = table(1 << depth)
    if size == 12:
        colors = b"".join(colors[at:at + 3] for at in range(0, len(colors), 4))
    pixels = padded(pictures.index_rows(width, height, depth))
    head = header(width, -height if top_down else height, depth, size=size, data=len(pixels))
    return file(head, colors, pixels)


def rgb24(width, height, size=40, top_down=False, gap=b""):
    """24 bits a pixel."""
    pixels = padded(pictures.rgb_rows(width, height))
    head = header(width, -height if top_down else height, 24, size=size, data=len(pixels))
    return file(head, b"", pixels, gap)


def rgb32(width, height, fourth):
    """32 bits a pixel without masks, so that the fourth byte, `fourth`, has no meaning."""
    pixels = b"".join(pictures.rgb_rows(width, height, lambda y: fourth))
    return file(header(width, height, 32, data=len(pixels)), b"", pixels)


def rgb565(width, height, size=40):
    """16 bits a pixel with masks of 5, 6 and 5 bits."""
    masks = struct.pack("<III", 0xF800, 0x07E0, 0x001F)
    row = b"".join(struct.pack("<H", (x * 31 // width) << 11 | 12 << 5 | 9) for x in range(width))
    pixels = padded([row] * height)
    head = header(width, height, 16, BITFIELDS, size, len(pixels), masks=masks)
    return file(head, masks if size == 40 else b"", pixels)


def bgra_v5(width, height, opacity):
    """32 bits a pixel in a V5 header with an alpha mask; `opacity(y)` is the opacity of row y."""
    masks = struct.pack("<IIII", 0xFF0000, 0xFF00, 0xFF, 0xFF000000)
    pixels = b"".join(pictures.rgb_rows(width, height, opacity))
    return file(header(width, height, 32, BITFIELDS, 124, len(pixels), masks=masks), b"", pixels)


def rle8(width, height, rows=None):
    """Run lengths of 8-bit indices: an encoded run, an absolute run and an end of line in each row."""
    first, literal = width - 43, bytes(range(5, 8))
    line = bytearray()
    while first > 0:
        line += bytes([min(255, first), first % 200])
        first -= min(255, first)
    line += bytes([0, 3]) + literal + b"\0" + bytes([40, 77]) + b"\0\0"
    pixels = bytes(line) * (height if rows is None else rows) + b"\0\x01"
    return file(header(width, height, 8, RLE8, data=len(pixels)), table(256), pixels)


def rle4(width, height):
    """Run lengths of 4-bit indices, two taking turns in each run."""
    line = bytearray()
    left = width - 5
    while left > 0:
        line += bytes([min(254, left), 0x1E if left % 2 else 0x37])
        left -= min(254, left)
    line += bytes([0, 5, 0x12, 0x34, 0x50, 0]) + b"\0\0"
    pixels = bytes(line) * height + b"\0\x01"
    return file(header(width, height, 4, RLE4, data=len(pixels)), table(16), pixels)
