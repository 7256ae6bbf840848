"""Pixels to put into images: gradients that compress well and differ along both axes."""


def rgb_rows(width, height, opacity=None):
    """Rows of RGB, or of RGBA if `opacity` is given; `opacity(y)` is the opacity of row y."""
    across = bytes(x * 255 // max(1, width - 1) for x in range(width))
    step = 3 if opacity is None else 4
    for y in range(height):
        row = bytearray(width * step)
        row[0::step] = across
        row[1::step] = bytes([y * 255 // max(1, height - 1)]) * width
        row[2::step] = bytes([96]) * width
        if opacity is not None:
            row[3::step] = bytes([opacity(y)]) * width
        yield bytes(row)


def gray_rows(width, height):
    """Rows of gray, 8 bits, a wedge that darkens downwards."""
    for y in range(height):
        fade = 255 - y * 160 // max(1, height - 1)
        yield bytes(x * fade // max(1, width - 1) for x in range(width))


def index_rows(width, height, bits):
    """Rows of palette indices or gray levels, packed, most significant bits first: vertical bars."""
    levels = 1 << bits
    per_byte = 8 // bits
    bars = [x * levels // width for x in range(width)] + [0] * (-width % per_byte)
    row = bytes(
        sum(value << (8 - bits * (at + 1)) for at, value in enumerate(bars[start:start + per_byte]))
        for start in range(0, len(bars), per_byte))
    for _ in range(height):
        yield row


def ppm(width, height):
    """The colour gradient as a portable pixmap."""
    return b"P6 %d %d 255\n" % (width, height) + b"".join(rgb_rows(width, height))


def pgm(width, height):
    """The gray wedge as a portable graymap."""
    return b"P5 %d %d 255\n" % (width, height) + b"".join(gray_rows(width, height))


def noise(count, seed=1):
    """Bytes without pattern, the same ones every time (xorshift32)."""
    out = bytearray()
    state = (seed * 2654435761 | 1) & 0xFFFFFFFF
    while len(out) < count:
        state ^= state << 13 & 0xFFFFFFFF
        state ^= state >> 17
        state ^= state << 5 & 0xFFFFFFFF
        out += state.to_bytes(4, "little")
    return bytes(out[:count])
