"""Seeds for fuzzing, and unusual files: any verdict, but never a crash or a hang."""

import struct

import accept_images as images
import bmp
import boxes
import exif
import jpeg
import mpegaudio as mp3
import png
import wav
import webp
from accept_video import FRAGMENTS, SIZE
from boxes import Box, edited
from movies import X264, clip, moving
from pictures import noise
from registry import below
from reject_images import overwritten
from reject_video import STBL, patched
from tools import ffmpeg

odd = below("corrupt")
TYPE = Box(b"ftyp", b"isom\0\0\2\0isommp42").bytes()


def movie(to="mp4", *arguments):
    """A clip of a few frames of one colour."""
    return clip("320x240", 2, 2, to, *(arguments or X264))


def small(path, at, layout, *values):
    """That clip with numbers of one box overwritten."""
    return patched(path, at, layout, *values, data=movie())


odd("seed-baseline.jpg", "seed: baseline JPEG", lambda: images.photo(size=(250, 240)))
odd("seed-progressive.jpg", "seed: progressive JPEG", lambda: images.photo("-interlace", "plane", size=(250, 240)))
odd("seed-arithmetic.jpg", "seed: arithmetic JPEG", lambda: jpeg.flat(250, 240, marker=jpeg.ARITHMETIC))
odd("seed.png", "seed: PNG", lambda: png.rgb(250, 240))
odd("seed-interlaced.png", "seed: PNG, Adam7, small", lambda: png.interlaced(30, 20))
odd("seed-animated.png", "seed: APNG, small", lambda: png.animated(30, 20, 3))
odd("seed-rle8.bmp", "seed: BMP, RLE8", lambda: bmp.rle8(250, 240))
odd("seed-565.bmp", "seed: BMP, BITFIELDS, small", lambda: bmp.rgb565(30, 20))
odd("seed-lossy.webp", "seed: lossy WebP", lambda: images.lossy((250, 240)))
odd("seed-lossless.webp", "seed: lossless WebP", lambda: images.lossless((250, 240)))
odd("seed-animated.webp", "seed: animated WebP", lambda: webp.animation(30, 20, [(1, 2, 3, 255), (9, 8, 7, 128)]))
odd("seed.wav", "seed: WAV", lambda: wav.tone(0.25, bits=16))
odd("seed.mp3", "seed: MP3", lambda: mp3.tone(0.5, 8000, "-b:a", "8k"))
odd("seed.mp4", "seed: MP4", movie)
odd("seed-fragmented.mp4", "seed: fragmented MP4", lambda: movie("mp4", *X264, *FRAGMENTS))
odd("seed.mov", "seed: MOV", lambda: movie("mov"))

odd("jpeg-10000-scans.jpg", "progressive JPEG with 10 000 scans of empty blocks",
    lambda: jpeg.many_scans(320, 240, 10000))
odd("jpeg-no-scan-data.jpg", "JPEG whose scan is empty",
    lambda: jpeg.flat(320, 240)[:jpeg.scan_start(jpeg.flat(320, 240))] + jpeg.EOI)
odd("jpeg-segment-length-0.jpg", "JPEG with a segment of length 0",
    lambda: jpeg.insert(jpeg.flat(320, 240), b"\xff\xe5\0\0"))
odd("jpeg-segment-length-1.jpg", "JPEG with a segment of length 1",
    lambda: jpeg.insert(jpeg.flat(320, 240), b"\xff\xe5\0\1"))
odd("jpeg-height-0.jpg", "JPEG of height 0, to be told by DNL",
    lambda: jpeg.flat(320, 240).replace(struct.pack(">HH", 240, 320), struct.pack(">HH", 0, 320), 1))
odd("jpeg-sampling-0.jpg", "JPEG with sampling factors 0",
    lambda: jpeg.flat(320, 240).replace(b"\x03\x01\x22\0", b"\x03\x01\0\0", 1))
for bits in (0, 255):
    odd(f"jpeg-precision-{bits}.jpg", f"JPEG of {bits} bits a sample", lambda bits=bits: jpeg.flat(320, 240).replace(
        b"\xff\xc0\0\x11\x08", b"\xff\xc0\0\x11" + bytes([bits]), 1))
odd("jpeg-two-frames.jpg", "JPEG with two frame headers",
    lambda: jpeg.insert(jpeg.flat(320, 240), jpeg.frame(0xC0, 640, 480, [(1, 1)])))
odd("jpeg-only-fill.jpg", "JPEG start and fill bytes", jpeg.SOI + b"\xff" * 5000)
odd("jpeg-exif-loop.jpg", "JPEG whose EXIF directory is its own next one",
    lambda: jpeg.insert(jpeg.flat(320, 240), jpeg.exif(exif.orientation(1)[:-4] + struct.pack(">I", 8))))
odd("jpeg-exif-beyond.jpg", "JPEG whose EXIF directory is beyond the block",
    lambda: jpeg.insert(jpeg.flat(320, 240), jpeg.exif(b"II*\0\xff\xff\xff\xff")))
odd("jpeg-exif-65535-entries.jpg", "JPEG whose EXIF directory claims 65535 entries",
    lambda: jpeg.insert(jpeg.flat(320, 240), jpeg.exif(b"II*\0\x08\0\0\0\xff\xff" + bytes(40))))
odd("jpeg-exif-orientation-9.jpg", "JPEG with EXIF orientation 9",
    lambda: jpeg.insert(jpeg.flat(320, 240), jpeg.exif(exif.orientation(9))))

odd("png-chunk-length-ffffffff.png", "PNG with a chunk of length ffffffff",
    lambda: png.SIGNATURE + png.header(320, 240, 8, png.RGB) + b"\xff\xff\xff\xffIDAT" + bytes(64))
odd("png-chunk-length-7fffffff.png", "PNG with a text chunk of length 7fffffff",
    lambda: png.SIGNATURE + png.header(320, 240, 8, png.RGB) + b"\x7f\xff\xff\xfftEXt" + bytes(64))
odd("png-size-0.png", "PNG of 0x240", lambda: png.SIGNATURE + png.header(0, 240, 8, png.RGB) + png.chunk(b"IEND"))
odd("png-size-ffffffff.png", "PNG of 4294967295x240",
    lambda: png.SIGNATURE + png.header(0xFFFFFFFF, 240, 8, png.RGB) + png.chunk(b"IEND"))
odd("png-two-headers.png", "PNG with two headers",
    lambda: png.rgb(320, 240, before=[png.header(640, 480, 8, png.RGB)]))
odd("png-signature-only.png", "PNG of 8 bytes", png.SIGNATURE)
odd("png-icc-bomb.png", "PNG whose ICC profile inflates to 20 MB",
    lambda: png.rgb(320, 240, before=[png.chunk(b"iCCP", b"x\0\0" + png.deflate(bytes(20 << 20)))]))
odd("png-trns-too-long.png", "PNG, palette of 4 entries with 200 alphas",
    lambda: png.palette(320, 240, 2, after_palette=[png.chunk(b"tRNS", bytes([255]) * 200)]))
odd("png-apng-frames-lie.png", "APNG that declares 4294967295 frames",
    lambda: png.rgb(320, 240, before=[png.chunk(b"acTL", struct.pack(">II", 0xFFFFFFFF, 0))]))
odd("png-too-many-rows.png", "PNG with 100 rows too many",
    lambda: png.image(320, 240, 1, png.GRAY, png.plain(png.pictures.index_rows(320, 340, 1))))

BASE = (320, 240)
odd("bmp-height-int32-min.bmp", "BMP of height -2147483648",
    lambda: overwritten(bmp.indexed(*BASE, 1), 22, struct.pack("<i", -(1 << 31))))
odd("bmp-width-int32-min.bmp", "BMP of width -2147483648",
    lambda: overwritten(bmp.indexed(*BASE, 1), 18, struct.pack("<i", -(1 << 31))))
odd("bmp-width-0.bmp", "BMP of width 0", lambda: overwritten(bmp.indexed(*BASE, 1), 18, bytes(4)))
odd("bmp-offset-ffffffff.bmp", "BMP whose pixels begin at ffffffff",
    lambda: overwritten(bmp.indexed(*BASE, 1), 10, b"\xff" * 4))
odd("bmp-colors-ffffffff.bmp", "BMP with 4294967295 colours in its table",
    lambda: overwritten(bmp.indexed(*BASE, 1), 46, b"\xff" * 4))
odd("bmp-header-size-ffffffff.bmp", "BMP with a header of ffffffff bytes",
    lambda: overwritten(bmp.indexed(*BASE, 1), 14, b"\xff" * 4))
odd("bmp-masks-overlap.bmp", "BMP whose masks overlap and one is 0",
    lambda: overwritten(bmp.rgb565(30, 20), 54, struct.pack("<III", 0xFFFF, 0xFFFF, 0)))
odd("bmp-rle-deltas.bmp", "BMP, RLE8 made of deltas that move out of the image",
    lambda: bmp.file(bmp.header(*BASE, 8, bmp.RLE8), bmp.table(256), b"\0\2\xff\xff" * 500))
odd("bmp-embedded-png.bmp", "BMP with a PNG inside (BI_PNG)",
    lambda: bmp.file(bmp.header(*BASE, 0, 5, data=len(png.gray(*BASE, 1))), b"", png.gray(*BASE, 1)))
odd("bmp-embedded-jpeg.bmp", "BMP with a JPEG inside (BI_JPEG)",
    lambda: bmp.file(bmp.header(*BASE, 0, 4, data=len(jpeg.flat(*BASE))), b"", jpeg.flat(*BASE)))

odd("webp-riff-size-0.webp", "WebP with a RIFF size of 0",
    lambda: webp.file(webp.solid(*BASE), size=0))
odd("webp-riff-size-ffffffff.webp", "WebP with a RIFF size of ffffffff",
    lambda: webp.file(webp.solid(*BASE), size=0xFFFFFFFF))
odd("webp-chunk-size-ffffffff.webp", "WebP with a chunk of ffffffff bytes",
    lambda: webp.file(b"VP8L\xff\xff\xff\xff" + bytes(40)))
odd("webp-riff-only.webp", "WebP of 12 bytes", lambda: webp.file())
odd("webp-canvas-16777216.webp", "WebP with a canvas of 16777216x16777216",
    lambda: webp.file(webp.extended(0, 1 << 24, 1 << 24), webp.solid(*BASE)))
odd("webp-frame-in-frame.webp", "WebP, animation frames inside a frame",
    lambda: webp.file(webp.extended(webp.ANIMATION, *BASE), webp.chunk(b"ANIM", bytes(6)),
                      webp.chunk(b"ANMF", bytes(16) + webp.chunk(b"ANMF", bytes(16)))))

FORMAT = wav.format_chunk(1, 1, 8000, 8)
odd("wav-chunk-ffffffff.wav", "WAV with a chunk of ffffffff bytes before its data",
    lambda: wav.file(FORMAT, wav.chunk(b"LIST", bytes(8), wav.UNKNOWN), wav.chunk(b"data", bytes(20000))))
odd("wav-1000-empty-chunks.wav", "WAV with 1000 empty chunks",
    lambda: wav.file(FORMAT, wav.chunk(b"junk", b"") * 1000, wav.chunk(b"data", b"\x80" * 20000)))
odd("wav-two-formats.wav", "WAV with two fmt chunks",
    lambda: wav.file(FORMAT, wav.format_chunk(1, 2, 44100, 16), wav.chunk(b"data", b"\x80" * 20000)))
odd("wav-rates-ffffffff.wav", "WAV in which every number of fmt is the largest",
    lambda: wav.file(wav.chunk(b"fmt ", b"\1\0" + b"\xff" * 14), wav.chunk(b"data", b"\x80" * 20000)))
odd("wav-rf64-sizes-huge.wav", "RF64 whose ds64 says 2^64 - 1",
    lambda: overwritten(wav.rf64(b"\x80" * 20000, head=FORMAT, samples_in_all=20000), 20, b"\xff" * 24))
odd("wav-rf64-no-ds64.wav", "RF64 without ds64",
    lambda: wav.file(FORMAT, wav.chunk(b"data", b"\x80" * 20000, wav.UNKNOWN), size=wav.UNKNOWN, kind=b"RF64"))

odd("mp3-xing-lies.mp3", "MP3 whose Info header claims 4294967295 frames",
    lambda: overwritten(mp3.small(3), mp3.small(3).index(b"Info") + 8, b"\xff" * 4))
odd("mp3-id3-size-huge.mp3", "MP3 whose ID3 tag claims 256 MB",
    lambda: b"ID3\3\0\0\x7f\x7f\x7f\x7f" + mp3.small(1))
odd("mp3-many-id3.mp3", "200 ID3 tags in a row before the frames", lambda: mp3.id3v2() * 200 + mp3.small(3))
odd("mp3-sync-words.mp3", "nothing but sync words", b"\xff\xfb" * 4000)
odd("mp3-free-format.mp3", "MP3 frames of free format", (b"\xff\xfb\x00\xc0" + bytes(413)) * 2)

odd("mp4-box-size-0-inside.mp4", "MP4 with a box of size 0 inside moov",
    lambda: overwritten(movie(), movie().index(b"trak") - 4, bytes(4)))
odd("mp4-box-size-7.mp4", "MP4 with a box of size 7", lambda: TYPE + b"\0\0\0\7moov" + bytes(40))
odd("mp4-box-size-64-bit.mp4", "MP4 with a box of 2^63 bytes",
    lambda: TYPE + b"\0\0\0\1mdat\x80" + bytes(7) + bytes(40))
odd("mp4-1000-empty-boxes.mp4", "MP4 with 1000 empty boxes", lambda: TYPE + b"\0\0\0\x08free" * 1000)
odd("mp4-stsz-count-huge.mp4", "MP4 that claims 4294967295 sample sizes",
    lambda: small((*STBL, b"stsz"), 8, "I", 0xFFFFFFFF))
odd("mp4-stsz-fixed-huge.mp4", "MP4 with 4294967295 samples of one byte each",
    lambda: small((*STBL, b"stsz"), 4, "II", 1, 0xFFFFFFFF))
odd("mp4-stts-huge.mp4", "MP4 with a sample time for 4294967295 samples",
    lambda: small((*STBL, b"stts"), 8, "II", 0xFFFFFFFF, 0xFFFFFFFF))
odd("mp4-stsc-zero.mp4", "MP4 with 0 samples a chunk", lambda: small((*STBL, b"stsc"), 8, "II", 0, 0))
odd("mp4-stco-huge.mp4", "MP4 that claims 4294967295 chunk offsets",
    lambda: small((*STBL, b"stco"), 4, "I", 0xFFFFFFFF))
odd("mp4-duration-huge.mp4", "MP4 of version 1 durations 2^64 - 1", lambda: huge_duration())
odd("mp4-edit-list-negative.mp4", "MP4 whose edit list starts at the lowest number",
    lambda: small((b"moov", b"trak", b"edts", b"elst"), 8, "Ii", 0xFFFFFFFF, -(1 << 31)))
odd("mp4-matrix-zero.mp4", "MP4 with a matrix of zeros", lambda: small((b"moov", b"trak", b"tkhd"), 40, "9i", *[0] * 9))
odd("mp4-matrix-33-degrees.mp4", "MP4 turned by 33 degrees",
    lambda: small((b"moov", b"trak", b"tkhd"), 40, "5i", 54963, 35693, 0, -35693, 54963))
odd("mp4-two-moov.mp4", "MP4 with two moov boxes",
    lambda: movie() + boxes.find(boxes.parse(movie()), b"moov")[0].bytes())
odd("mp4-external-reference.mp4", "MP4 whose samples are in another file (url)", lambda: external())
odd("mp4-nothing-but-moof.mp4", "MP4 of a fragment without moov",
    lambda: TYPE + b"".join(box.bytes() for box in boxes.parse(movie("mp4", *X264, *FRAGMENTS))
                            if box.kind in (b"moof", b"mdat")))
odd("mp4-leading-pictures.mp4", "MP4 that was cut so that its first HEVC frames refer to missing ones",
    lambda: leading_pictures())


def leading_pictures():
    """Open groups of pictures, copied from the second one on."""
    whole = moving(SIZE, 5, 10, "mp4", "-c:v", "libx265", "-preset", "fast", "-crf", "44", "-pix_fmt", "yuv420p",
                   "-x265-params", "pools=none:frame-threads=1:log-level=error:info=0:open-gop=1:keyint=10:"
                   "min-keyint=10:bframes=3:scenecut=0")
    return ffmpeg("-ss", "1", "-i", "whole.mp4", "-c", "copy", "-t", "2.5", to="mp4", whole_mp4=whole)


def huge_duration():
    """An mvhd of version 1 with the largest duration and timescale 1."""
    def change(boxes_):
        head = boxes.find(boxes_, b"moov", b"mvhd")[0]
        head.payload = b"\1\0\0\0" + bytes(16) + struct.pack(">I", 1) + b"\xff" * 8 + head.payload[20:]
    return edited(movie(), change)


def external():
    """A data reference that names a file instead of this one."""
    def change(boxes_):
        reference = boxes.find(boxes_, b"moov", b"trak", b"mdia", b"minf", b"dinf", b"dref")[0]
        url = Box(b"url ", bytes(4) + b"file:///etc/hosts\0").bytes()
        reference.payload = struct.pack(">II", 0, 1) + url
    return edited(movie(), change)


odd("text-utf16-le.json", "UTF-16 text with a byte order mark", '\ufeff{"prompt": "x"}\r\n'.encode("utf-16-le"))
odd("text-utf16-be.txt", "UTF-16 text, big-endian", "\ufeffnot media\n".encode("utf-16-be"))
odd("gif-named.png", "GIF named .png", b"GIF89a\x40\1\xf0\0\0\0\0,\0\0\0\0\x40\1\xf0\0\0\2\0;")
odd("png-and-zip.png", "PNG signature on a ZIP", png.SIGNATURE + b"PK\3\4" + bytes(100))
odd("riff-unknown.wav", "RIFF of an unknown form", wav.chunk(b"RIFF", b"ABCD" + bytes(100)))
odd("noise.jpg", "JPEG start and noise", lambda: jpeg.SOI + b"\xff" + noise(4000, 21))
odd("noise.mp3", "noise with sync words in it", lambda: noise(9000, 22).replace(b"\xff", b"\xff\xfb\x90"))
odd("name with spaces, ümlaut and 'quotes'.png", "a name that needs care", lambda: png.gray(640, 360, 1))
odd("-leading-dash.png", "a name that looks like an option", lambda: png.gray(640, 360, 1))
