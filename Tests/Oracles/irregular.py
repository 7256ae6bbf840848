"""One small file of each kind about which readers disagree: (format, kind, bytes)."""

import copy
import struct
import zlib

import bmff
import bmp
import jpeg
import mpegaudio
import png
import riff
from cases import FIXTURES

ACCEPT = FIXTURES / "accept"


def _png(change):
    file = png.File((ACCEPT / "image/png-rgb-8.png").read_bytes())
    change(file)
    return file.bytes()


def _chunk(kind, body, at=1):
    return lambda file: file.chunks.insert(at, png.Chunk(kind, body))


def _stream(change):
    def apply(file):
        chunk = file.find(b"IDAT")
        chunk.body = change(chunk.body)

    return apply


def _window(stream):
    return bytes([0x08, 31 - 0x800 % 31]) + stream[2:]


PNG = [
    ("bytes after the zlib stream", _stream(lambda stream: stream + bytes(4))),
    ("a row too many", _stream(lambda stream: zlib.compress(zlib.decompress(stream) + bytes(961)))),
    ("a zlib window that is too small", _stream(_window)),
    ("`acTL` too short", _chunk(b"acTL", bytes(4))),
    ("`fcTL` without `acTL`", _chunk(b"fcTL", struct.pack(">IIIIIHHBB", 0, 320, 240, 0, 0, 1, 10, 0, 0))),
    ("`cHRM`, `gAMA` or `pHYs` too short", _chunk(b"pHYs", bytes(4))),
    ("`sRGB` empty", _chunk(b"sRGB", b"")),
    ("`iCCP` empty", _chunk(b"iCCP", b"")),
    ("`iCCP` that does not inflate", _chunk(b"iCCP", b"icc\0\0bad")),
    ("`zTXt` that does not inflate", _chunk(b"zTXt", b"Title\0\0bad")),
    ("`zTXt` of 2 MB", _chunk(b"zTXt", b"T\0\0" + zlib.compress(bytes(2_000_000)))),
    ("`tEXt` without a keyword's end", _chunk(b"tEXt", b"Title")),
    ("two `IHDR`", _chunk(b"IHDR", struct.pack(">IIBBBBB", 320, 240, 8, 2, 0, 0, 0))),
    ("an unknown critical chunk", _chunk(b"ABCD", bytes(5))),
    ("bytes after `IEND`", lambda file: setattr(file, "tail", bytes(100))),
    ("a wrong checksum of text", lambda file: (_chunk(b"tEXt", b"Title\0text")(file), setattr(file.chunks[1], "crc", 1))),
]


def _jpeg(change):
    file = jpeg.File((ACCEPT / "image/jpeg-420.jpg").read_bytes())
    change(file)
    return file.bytes()


def _segment(marker, body):
    return lambda file: file.segments.insert(1, jpeg.Segment(marker, body))


def _before(marker, data):
    return lambda file: setattr(file.find(marker), "before", data)


def _last_spectral(file):
    scan = file.find(0xDA)
    scan.body = scan.body[:-2] + b"\0" + scan.body[-1:]


JPEG = [
    ("`SOS` with Se = 0", _last_spectral),
    ("bytes before a table", _before(0xDB, bytes(16))),
    ("zeros before `EOI`", _before(0xD9, bytes(16))),
    ("Adobe transform 3", _segment(0xEE, b"Adobe\0\x64\0\0\0\0\3")),
    ("JFIF too short", lambda file: (setattr(file.find(0xE0), "body", b"JFIF\0"))),
    ("JFIF of a thumbnail that is not there", lambda file: (setattr(file.find(0xE0), "body", b"JFIF\0\1\1\0\0\1\0\1\x40\x40"))),
    ("EXIF with an offset beyond its end", _segment(0xE1, b"Exif\0\0II*\0\xff\xff\xff\xff")),
    ("an ICC profile with a part missing", _segment(0xE2, b"ICC_PROFILE\0\1\2" + bytes(20))),
    ("`MPF` that is empty", _segment(0xE2, b"MPF\0")),
    ("Photoshop resource cut off", _segment(0xED, b"Photoshop 3.0\x008BIM\3\xed\0\0\0\0\0\x10" + bytes(3))),
    ("no `EOI`", lambda file: file.segments.pop()),
    ("a byte before `SOI`", _before(0xD8, b"\0")),
]


def _webp(change, source="webp-extended.webp"):
    file = riff.File((ACCEPT / "image" / source).read_bytes())
    change(file)
    return file.bytes()


def _flag(bit):
    def apply(file):
        chunk = file.find(b"VP8X")
        chunk.body = bytes([chunk.body[0] ^ bit]) + chunk.body[1:]

    return apply


WEBP = [
    ("`VP8X` twice", lambda file: file.chunks.insert(1, file.chunks[0])),
    ("a reserved flag (0x80)", _flag(0x80)),
    ("a reserved flag (0x01)", _flag(0x01)),
    ("the animation flag, and a still picture", _flag(0x02)),
    ("the EXIF flag without EXIF", _flag(0x08)),
    ("`ANIM` too short", lambda file: file.chunks.insert(1, riff.Chunk(b"ANIM", b"\0"))),
    ("a canvas of another size", lambda file: setattr(file.chunks[0], "body", file.chunks[0].body[:4] + b"\x3f\0\0\x3f\0\0")),
    ("an unknown chunk first", lambda file: file.chunks.insert(0, riff.Chunk(b"XXXX", bytes(4)))),
    ("a RIFF size that is 2 too large", lambda file: setattr(file, "size", len(file.bytes()) - 6)),
    ("bytes after RIFF", lambda file: setattr(file, "tail", bytes(8))),
]


def _bmp(source, *changes):
    data = (ACCEPT / "image" / source).read_bytes()
    for at, layout, value in changes:
        data = bmp.put(data, at, layout, value)
    return data


def _header(source, size):
    """The pixels of `source` under a header of `size` bytes."""
    data = (ACCEPT / "image" / source).read_bytes()
    old = struct.unpack_from("<I", data, 14)[0]
    head = struct.pack("<I", size) + data[18 : 14 + old][: size - 4].ljust(size - 4, b"\0")
    rest = data[14 + old :]
    offset = struct.unpack_from("<I", data, 10)[0] + size - old
    return bmp.put(bmp.put(data[:14] + head + rest, 10, "<I", offset), 2, "<I", 14 + len(head) + len(rest))


def _palette(source, count):
    data = (ACCEPT / "image" / source).read_bytes()
    offset = struct.unpack_from("<I", data, 10)[0]
    whole = data[:54] + data[54:offset][: 4 * count].ljust(4 * count, b"\x40") + data[offset:]
    return bmp.put(bmp.put(bmp.put(whole, 10, "<I", 54 + 4 * count), 46, "<I", count), 2, "<I", len(whole))


BMP = [
    ("a header of 16 bytes", lambda: _header("bmp-24.bmp", 16)),
    ("a header of 41 bytes", lambda: _header("bmp-24.bmp", 41)),
    ("a header of 52 bytes", lambda: _header("bmp-24.bmp", 52)),
    ("a header of 56 bytes", lambda: _header("bmp-24.bmp", 56)),
    ("a header of 64 bytes (OS/2 2)", lambda: _header("bmp-24.bmp", 64)),
    ("300 colors in a palette of 8 bits", lambda: _palette("bmp-8.bmp", 300)),
    ("0 planes", lambda: _bmp("bmp-24.bmp", (26, "<H", 0))),
    ("a file size of 0", lambda: _bmp("bmp-24.bmp", (2, "<I", 0))),
    (
        "a profile beyond the end of the file",
        lambda: _bmp("bmp-v5.bmp", (70, "<I", 0x4D424544), (126, "<I", 0xFFFFFF), (130, "<I", 100)),
    ),
]


def _wav(change):
    file = riff.File((ACCEPT / "audio/wav-s16-mono.wav").read_bytes())
    change(file)
    return file.bytes()


def _resize(riff_size=None, data_size=None):
    def apply(file):
        file.size = riff_size
        file.find(b"data").size = data_size

    return apply


def _ds64(length):
    def apply(file):
        file.head, file.size = b"RF64", 0xFFFFFFFF
        file.find(b"data").size = 0xFFFFFFFF
        file.chunks.insert(0, riff.Chunk(b"ds64", struct.pack("<QQQI", len(file.bytes()) + 28, length, 0, 0)))

    return apply


FRAME = b"\xff\xfb\x90\x64" + bytes(413)
WAV = [
    ("a data size of 0xFFFFFFFF", _resize(0xFFFFFFFF, 0xFFFFFFFF)),
    ("a data size of 0", _resize(None, 0)),
    ("a RIFF size that is 8 too large", lambda file: setattr(file, "size", len(file.bytes()))),
    ("a second `data` of 40 s", lambda file: file.chunks.append(riff.Chunk(b"data", bytes(640_000)))),
    ("a `data` of 40 s after RIFF", lambda file: setattr(file, "tail", riff.Chunk(b"data", bytes(640_000)).bytes())),
    ("`ds64` of a quarter of the data", _ds64(10_000)),
    ("two `fmt`", lambda file: file.chunks.insert(1, file.chunks[0])),
    ("48 s of MP3 frames as PCM", lambda file: setattr(file.find(b"data"), "body", FRAME * 1840)),
    (
        "IMA ADPCM, a quarter of the samples a block",
        lambda file: setattr(file.chunks[0], "body", struct.pack("<HHIIHHHH", 0x11, 1, 8000, 4000, 256, 4, 2, 126)),
    ),
    ("A-law of 16 bits", lambda file: setattr(file.chunks[0], "body", struct.pack("<HHIIHHH", 6, 1, 8000, 16000, 2, 16, 0))),
]


def _mp3(change):
    file = mpegaudio.File((ACCEPT / "audio/mp3-cbr.mp3").read_bytes())
    change(file)
    return file.bytes()


def _hidden(file):
    body = mpegaudio.sound(file, 40)
    file.after = body + b"APETAGEX" + struct.pack("<IIII", 2000, len(body) + 32, 0, 0) + bytes(8)


def _claimed(file):
    body = mpegaudio.sound(file, 40)
    file.frames.insert(len(file.frames) // 2, b"ID3\4\0\0" + mpegaudio.synchsafe(len(body)) + body)


def _estimate(file):
    first = struct.pack(">I", struct.unpack(">I", file.frames[-1][:4])[0] & ~0xF200 | 1 << 12)
    file.frames[0] = first + bytes(mpegaudio.frame_size(first, 0) - 4)
    file.frames[1:] = file.frames[1:] * 8


MP3 = [
    ("40 s of frames in an APE tag", _hidden),
    ("40 s of frames in an ID3v2 tag between frames", _claimed),
    ("a first frame of a lower bit rate, no Xing header", _estimate),
    ("70 kB of zeros first", lambda file: setattr(file, "before", bytes(70_000))),
    ("bytes between frames", lambda file: file.frames.insert(20, b"junk" * 50)),
]


def _mp4(change, source="h264-silent.mp4"):
    boxes = bmff.parse((ACCEPT / "video" / source).read_bytes())
    tops = [(box.origin, len(box.payload)) for box in boxes if box.kind == b"mdat"]
    change(boxes)
    bmff.repair(boxes, tops)
    return b"".join(box.bytes() for box in boxes)


def _times(kind, at, value):
    def apply(boxes):
        for box in bmff.every(boxes, kind):
            box.set(at + 8 * (kind == b"sidx" and box.payload[:1] == b"\1"), "I", int(bmff.scale(boxes, box) * value))

    return apply


def _add(parent, new):
    return lambda boxes: bmff.every(boxes, parent)[0].inside.append(new(boxes))


def _offsets(boxes):
    table = bmff.every(boxes, b"stbl")[0].inside
    table[:] = [box for box in table if box.kind != b"ctts"]
    late = 40 * bmff.timescale(bmff.every(boxes, b"mdhd"))
    table.append(bmff.Box(b"ctts", struct.pack(">IIIIII", 0, 2, 1, 0, 1000, late)))


def _handler(boxes):
    bmff.every(boxes, b"hdlr")[0].set(8, "4s", b"xxxx")


def _entry(boxes):
    entries = bmff.every(boxes, b"stsd")[0]
    other = copy.deepcopy(entries.inside[0])
    other.set(24, "HH", 8192, 8192)
    entries.inside.append(other)
    entries.set(4, "I", 2)


def _last_decode_time(boxes):
    box = bmff.every(boxes, b"tfdt")[-1]
    wide = box.payload[:1] == b"\1"
    box.set(8 if wide else 4, "I", 40 * bmff.scale(boxes, box))


MP4 = [
    ("`mdhd` of 40 s", lambda: _mp4(_times(b"mdhd", 16, 40))),
    ("`mvhd` of 40 s", lambda: _mp4(_times(b"mvhd", 16, 40))),
    ("`tkhd` of 40 s", lambda: _mp4(_times(b"tkhd", 20, 40))),
    ("composition offsets of 40 s", lambda: _mp4(_offsets)),
    ("a last fragment at 40 s", lambda: _mp4(_last_decode_time, "h264-fragmented-sidx.mp4")),
    ("`sidx` of 40 s", lambda: _mp4(_times(b"sidx", 28, 40), "h264-fragmented-sidx.mp4")),
    ("a second sample entry of 8192x8192", lambda: _mp4(_entry)),
    ("an unknown handler", lambda: _mp4(_handler)),
    (
        "a sample aspect ratio of 4294967295:1",
        lambda: _mp4(_add(b"avc1", lambda _: bmff.Box(b"pasp", struct.pack(">II", 0xFFFFFFFF, 1)))),
    ),
    (
        "sample times in `udta`",
        lambda: _mp4(
            _add(b"moov", lambda _: bmff.Box(b"udta", b"", [bmff.Box(b"stts", struct.pack(">IIII", 0, 1, 30, 1 << 20))]))
        ),
    ),
]


def files():
    """All of them, by format."""
    for form, entries, build in [
        ("PNG", PNG, _png),
        ("JPEG", JPEG, _jpeg),
        ("WebP", WEBP, _webp),
        ("WAV", WAV, _wav),
        ("MP3", MP3, _mp3),
    ]:
        for kind, change in entries:
            yield form, kind, build(change)
    for form, entries in [("BMP", BMP), ("MP4", MP4)]:
        for kind, make in entries:
            yield form, kind, make()
