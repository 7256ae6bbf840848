"""The arithmetic coder of JPEG (ITU-T T.81, Annex D), and DC differences coded with it (F.1.4)."""

# Table D.3 as far as the estimator goes: Qe, next index after an LPS, after an MPS, whether the LPS switches sense.
_QE = """5a1d 1 1 1|2586 14 2 0|1114 16 3 0|080b 18 4 0|03d8 20 5 0|01da 23 6 0|00e5 25 7 0|006f 28 8 0|0036 30 9 0|
001a 33 10 0|000d 35 11 0|0006 9 12 0|0003 10 13 0|0001 12 13 0|5a7f 15 15 1|3f25 36 16 0|2cf2 38 17 0|207c 39 18 0|
17b9 40 19 0|1182 42 20 0|0cef 43 21 0|09a1 45 22 0|072f 46 23 0|055c 48 24 0|0406 49 25 0|0303 51 26 0|0240 52 27 0|
01b1 54 28 0|0144 56 29 0|00f5 57 30 0|00b7 59 31 0|008a 60 32 0|0068 62 33 0|004e 63 34 0|003b 32 35 0|002c 33 9 0|
5ae1 37 37 1|484c 64 38 0|3a0d 65 39 0|2ef1 67 40 0|261f 68 41 0|1f33 69 42 0|19a8 70 43 0|1518 72 44 0|1177 73 45 0|
0e74 74 46 0|0bfb 75 47 0|09f8 77 48 0|0861 78 49 0|0706 79 50 0|05cd 48 51 0|04de 50 52 0|040f 50 53 0|0363 51 54 0|
02d4 52 55 0|025c 53 56 0|01f8 54 57 0|01a4 55 58 0|0160 56 59 0|0125 57 60 0|00f6 58 61 0|00cb 59 62 0|00ab 61 63 0|
008f 61 32 0|5b12 65 65 1|4d04 80 66 0|412c 81 67 0|37d8 82 68 0|2fe8 83 69 0|293c 84 70 0|2379 86 71 0|1edf 87 72 0|
1aa9 87 73 0|174e 72 74 0|1424 72 75 0|119c 74 76 0|0f6b 74 77 0|0d51 75 78 0|0bb6 77 79 0|0a40 77 48 0|5832 80 81 1|
4d1c 88 82 0|438e 89 83 0|3bdd 90 84 0|34ee 91 85 0|2eae 92 86 0|299a 93 87 0|2516 86 71 0|5570 88 89 1|4ca9 95 90 0|
44d9 96 91 0|3e22 97 92 0|3824 99 93 0|32b4 99 94 0|2e17 93 86 0|56a8 95 96 1|4f46 101 97 0|47e5 102 98 0|41cf 103 99 0|
3c3d 104 100 0|375e 99 93 0|5231 105 102 0|4c0f 106 103 0|4639 107 104 0|415e 103 99 0|5627 105 106 1|50e7 108 107 0|
4b85 109 103 0|5597 110 109 0|504f 111 107 0|5a10 110 111 1|5522 112 109 0|59eb 112 111 1"""
TABLE = [(int(a, 16), int(b), int(c), int(d)) for a, b, c, d in (row.split() for row in _QE.split("|"))]


class Encoder:
    """Codes decisions into bytes, with 0x00 stuffed after 0xFF."""

    def __init__(self):
        self.out = bytearray()
        self.a, self.c, self.ct, self.stack, self.held = 0x10000, 0, 11, 0, None

    def encode(self, statistics, key, bit):
        """One decision in the context `key` of the dictionary `statistics`."""
        index, sense = statistics.get(key, (0, 0))
        qe, after_lps, after_mps, switch = TABLE[index]
        self.a -= qe
        if bit == sense:
            if self.a >= 0x8000:
                return
            if self.a < qe:
                self.c += self.a
                self.a = qe
            statistics[key] = (after_mps, sense)
        else:
            if self.a >= qe:
                self.c += self.a
                self.a = qe
            statistics[key] = (after_lps, sense ^ switch)
        while self.a < 0x8000:
            self.a <<= 1
            self.c <<= 1
            self.ct -= 1
            if self.ct == 0:
                self._byte_out()
                self.ct = 8

    def finish(self):
        """The bytes of all decisions, the last ones flushed."""
        lowest = (self.c + self.a - 1) & 0xFFFF0000
        self.c = lowest + 0x8000 if lowest < self.c else lowest
        self.c <<= self.ct
        self._byte_out()
        self.c <<= 8
        self._byte_out()
        self._release(b"")
        while self.out and self.out[-1] == 0:
            self.out.pop()
        if self.out and self.out[-1] == 0xFF:
            self.out.append(0)
        return bytes(self.out)

    def _byte_out(self):
        value = self.c >> 19
        self.c &= 0x7FFFF
        if value > 0xFF:
            if self.held is not None:
                self._put(self.held + 1)
            self.out += bytes(self.stack)
            self.stack, self.held = 0, value & 0xFF
        elif value == 0xFF:
            self.stack += 1
        else:
            self._release(bytes([value]))

    def _release(self, following):
        if self.held is not None:
            self._put(self.held)
        self.out += b"\xff\x00" * self.stack
        self.stack, self.held = 0, following[0] if following else None

    def _put(self, value):
        self.out.append(value)
        if value == 0xFF:
            self.out.append(0)


def dc_difference(coder, statistics, context, difference):
    """Codes one DC difference (figures F.4 to F.8, with L = 0 and U = 1); returns the next context."""
    if difference == 0:
        coder.encode(statistics, context, 0)
        return 0
    coder.encode(statistics, context, 1)
    negative = difference < 0
    coder.encode(statistics, context + 1, int(negative))
    size = abs(difference) - 1
    key = context + (3 if negative else 2)
    m = 0
    if size:
        coder.encode(statistics, key, 1)
        m, rest, key = 1, size >> 1, 20
        while rest:
            coder.encode(statistics, key, 1)
            m, rest, key = m << 1, rest >> 1, key + 1
    coder.encode(statistics, key, 0)
    key += 14
    bit = m >> 1
    while bit:
        coder.encode(statistics, key, int(bool(size & bit)))
        bit >>= 1
    small = m <= 1
    return (8 if negative else 4) if small else (16 if negative else 12)
