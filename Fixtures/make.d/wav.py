"""A WAV writer: any chunks in any order, with right or wrong sizes."""

import functools
import math
import struct

PCM, FLOAT, EXTENSIBLE = 1, 3, 0xFFFE
UNKNOWN = 0xFFFFFFFF
_GUID_TAIL = bytes.fromhex("000000001000800000aa00389b71")


def chunk(kind, data, size=None):
    """One chunk with its padding; `size` stands in for the right one."""
    return kind + struct.pack("<I", len(data) if size is None else size) + data + bytes(len(data) % 2)


def format_chunk(code, channels, rate, bits, sub=None):
    """A `fmt ` chunk; with `sub`, EXTENSIBLE around that code."""
    block = channels * bits // 8
    head = struct.pack("<HHIIHH", code if sub is None else EXTENSIBLE, channels, rate, rate * block, block, bits)
    if sub is not None:
        mask = {1: 4, 2: 3}[channels]
        head += struct.pack("<HHI", 22, bits, mask) + struct.pack("<H", sub) + _GUID_TAIL
    return chunk(b"fmt ", head)


def file(*chunks, size=None, kind=b"RIFF"):
    """A whole file; `size` stands in for the right RIFF size."""
    body = b"WAVE" + b"".join(chunks)
    return kind + struct.pack("<I", len(body) if size is None else size) + body


@functools.cache
def samples(count, rate, channels, bits, floating=False):
    """Tones of a quarter of full scale, one pitch for each channel, interleaved."""
    period = rate // 20
    cycle = []
    for at in range(period):
        for channel in range(channels):
            level = math.sin(2 * math.pi * at * (11 + 5 * channel) / period) / 4
            if floating:
                cycle.append(struct.pack("<f", round(level * 32768) / 32768))
            elif bits == 8:
                cycle.append(bytes([128 + round(level * 127)]))
            else:
                value = round(level * ((1 << (bits - 1)) - 1))
                cycle.append((value & (1 << bits) - 1).to_bytes(bits // 8, "little"))
    width = channels * bits // 8
    return (b"".join(cycle) * (count // period + 1))[:count * width]


def tone(seconds, rate=8000, channels=1, bits=16, floating=False):
    """A whole canonical file; `seconds` times `rate` is rounded to whole samples."""
    data = samples(round(seconds * rate), rate, channels, bits, floating)
    return file(format_chunk(FLOAT if floating else PCM, channels, rate, bits), chunk(b"data", data))


def valid_bits(valid, bits, seconds, rate=8000):
    """EXTENSIBLE, mono, whose samples state fewer valid bits than they take."""
    block = bits // 8
    head = struct.pack("<HHIIHHHHI", EXTENSIBLE, 1, rate, rate * block, block, bits, 22, valid, 4)
    return file(chunk(b"fmt ", head + struct.pack("<H", PCM) + _GUID_TAIL),
                chunk(b"data", samples(round(seconds * rate), rate, 1, bits)))


def rf64(data, *, head, samples_in_all, before=b""):
    """An RF64 file, whose sizes are in its ds64 chunk."""
    rest = head + before + chunk(b"data", data, size=UNKNOWN)
    riff = 4 + 36 + len(rest)
    sizes = chunk(b"ds64", struct.pack("<QQQI", riff, len(data), samples_in_all, 0))
    return file(sizes, rest, size=UNKNOWN, kind=b"RF64")
