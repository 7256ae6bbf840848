"""A JPEG writer for files that common encoders do not write: each block of 8x8 is flat, so only DC is coded.

Blocks of one value quantised by 8 have the DC coefficient value - 128, which keeps all arithmetic in whole numbers.
"""

import struct

import qm

SOI, EOI = b"\xff\xd8", b"\xff\xd9"
BASELINE, EXTENDED, PROGRESSIVE, ARITHMETIC = 0xC0, 0xC1, 0xC2, 0xC9


def segment(marker, payload):
    """A marker with its length and payload."""
    return struct.pack(">BBH", 0xFF, marker, len(payload) + 2) + payload


def app(number, payload):
    """An APPn segment."""
    return segment(0xE0 + number, payload)


JFIF = app(0, b"JFIF\0\x01\x02\0\0\x01\0\x01\0\0")


def adobe(transform):
    """Adobe's APP14: 0 for CMYK or RGB as it is, 1 for YCbCr, 2 for YCCK."""
    return app(14, b"Adobe" + struct.pack(">HHHB", 100, 0, 0, transform))


def exif(tiff):
    """EXIF in APP1."""
    return app(1, b"Exif\0\0" + tiff)


def icc(profile):
    """An ICC profile in one APP2."""
    return app(2, b"ICC_PROFILE\0\x01\x01" + profile)


def insert(data, *segments):
    """`data` with segments after its first one (APP0 as a rule)."""
    at = 4 + struct.unpack_from(">H", data, 4)[0]
    return data[:at] + b"".join(segments) + data[at:]


def scan_start(data):
    """Where the entropy-coded bytes of the first scan begin."""
    at = data.index(b"\xff\xda")
    return at + 2 + struct.unpack_from(">H", data, at + 2)[0]


def frame(marker, width, height, sampling, precision=8):
    """The SOF segment; `sampling` is a pair (h, v) for each component."""
    parts = b"".join(bytes([i + 1, h << 4 | v, 0]) for i, (h, v) in enumerate(sampling))
    return segment(marker, struct.pack(">BHHB", precision, height, width, len(sampling)) + parts)


def scan(components, start=0, end=63, approximation=0):
    """The SOS segment for the components of these numbers."""
    parts = b"".join(bytes([i + 1, 0]) for i in components)
    return segment(0xDA, bytes([len(components)]) + parts + bytes([start, end, approximation]))


def quantisation(value=8):
    """A table in which every step is the same."""
    return segment(0xDB, b"\0" + bytes([value]) * 64)


def huffman():
    """DC categories 0 to 15 in five bits each; AC: end of block in one bit, a run of 2^10 blocks in two."""
    dc = b"\0" + bytes([0, 0, 0, 0, 16] + [0] * 11) + bytes(range(16))
    ac = b"\x10" + bytes([1, 1] + [0] * 14) + bytes([0x00, 0xA0])
    return segment(0xC4, dc + ac)


class Bits:
    """Bits into bytes, with 0x00 stuffed after 0xFF."""

    def __init__(self):
        self.value, self.count, self.out = 0, 0, bytearray()

    def put(self, value, count):
        """Appends the lowest `count` bits of `value`."""
        self.value = self.value << count | value
        self.count += count
        while self.count >= 8:
            self.count -= 8
            byte = self.value >> self.count & 0xFF
            self.out += b"\xff\0" if byte == 0xFF else bytes([byte])
        self.value &= (1 << self.count) - 1

    def flush(self):
        """Fills the last byte with ones."""
        if self.count:
            self.put((1 << (8 - self.count)) - 1, 8 - self.count)


def _put_difference(bits, difference):
    category = abs(difference).bit_length()
    bits.put(category, 5)
    if category:
        bits.put(difference if difference > 0 else difference + (1 << category) - 1, category)


def _units(width, height, sampling, level):
    """For each MCU a list of (component, DC) in coding order; `level(component, u, v)` is between 0 and 1."""
    if len(sampling) == 1:
        sampling = [(1, 1)]
    wide = -(-width // (8 * max(h for h, _ in sampling)))
    high = -(-height // (8 * max(v for _, v in sampling)))
    for row in range(high):
        for column in range(wide):
            yield [(i, level(i, (column * h + x) / (wide * h), (row * v + y) / (high * v)))
                   for i, (h, v) in enumerate(sampling) for y in range(v) for x in range(h)]


def slope(component, across, down):
    """Luma rises to the right and the other components downwards."""
    return across if component == 0 else 0.25 + down / 2


def flat(width, height, sampling=((2, 2), (1, 1), (1, 1)), marker=BASELINE, precision=8, before=(JFIF,), restart=0,
         level=slope):
    """A whole file of flat blocks: baseline, extended, arithmetic, or progressive with the DC scan alone."""
    parts = [SOI, *before, quantisation(), frame(marker, width, height, sampling, precision)]
    if marker != ARITHMETIC:
        parts.append(huffman())
    if restart:
        parts.append(segment(0xDD, struct.pack(">H", restart)))
    parts.append(scan(range(len(sampling)), end=0 if marker == PROGRESSIVE else 63))
    middle = 1 << (precision - 1)
    units = (
        [(i, round(value * (2 * middle - 1)) - middle) for i, value in unit]
        for unit in _units(width, height, sampling, level))
    if marker == ARITHMETIC:
        parts.append(_arithmetic(units))
    else:
        parts.append(_huffman_coded(units, restart, marker != PROGRESSIVE))
    return b"".join([*parts, EOI])


def _huffman_coded(units, restart, blocks_end):
    bits, before = Bits(), {}
    for number, unit in enumerate(units):
        if restart and number and number % restart == 0:
            bits.flush()
            bits.out += bytes([0xFF, 0xD0 + (number // restart - 1) % 8])
            before = {}
        for component, value in unit:
            _put_difference(bits, value - before.get(component, 0))
            before[component] = value
            if blocks_end:
                bits.put(0, 1)
    bits.flush()
    return bytes(bits.out)


def _arithmetic(units):
    coder, before, contexts = qm.Encoder(), {}, {}
    dc, ac = {}, {}
    for unit in units:
        for component, value in unit:
            context = contexts.get(component, 0)
            contexts[component] = qm.dc_difference(coder, dc, context, value - before.get(component, 0))
            before[component] = value
            coder.encode(ac, 0, 1)
    return coder.finish()


def many_scans(width, height, count):
    """Progressive gray with `count` AC scans, each one run of empty blocks (1024 to 2047 of them in the image)."""
    blocks = -(-width // 8) * -(-height // 8)
    bits = Bits()
    bits.put(0b10, 2)
    bits.put(blocks - 1024, 10)
    bits.flush()
    whole = flat(width, height, [(1, 1)], PROGRESSIVE)
    return whole[:-2] + (scan([0], 1, 63) + bytes(bits.out)) * count + EOI
