"""Images that decode completely, but that a common reader refuses or warns about; and files that libwebp and libpng refuse."""

import struct
import zlib

import bmp
import exif
import jpeg
import png
import webp
from accept_images import SMALL
from pictures import index_rows, noise, rgb_rows
from reject_images import overwritten, rule
from tools import deflate

irregular = rule("image-irregular")
corrupt = rule("image-corrupt")


def before(data, marker, stray):
    """A JPEG with stray bytes before the last such marker."""
    at = data.rindex(bytes([0xFF, marker]))
    return data[:at] + stray + data[at:]


def before_restarts(stray):
    """A JPEG with stray bytes before every restart marker."""
    data = jpeg.flat(*SMALL, restart=5)
    start = jpeg.scan_start(data)
    scan = data[start:]
    for number in range(8):
        scan = scan.replace(bytes([0xFF, 0xD0 + number]), stray + bytes([0xFF, 0xD0 + number]))
    return data[:start] + scan


def zeroed_tail():
    """A JPEG whose last fifth was overwritten with zeros, except its end marker."""
    data = jpeg.flat(*SMALL)
    start = jpeg.scan_start(data)
    at = start + (len(data) - start) * 4 // 5
    return data[:at] + bytes(len(data) - at - 2) + jpeg.EOI


def flat():
    """A good JPEG."""
    return jpeg.flat(*SMALL)


irregular("jpeg-scan-parameters.jpg", "sequential JPEG whose SOS ends at coefficient 0, as some phones write it",
          lambda: flat().replace(jpeg.scan(range(3)), jpeg.scan(range(3), end=0)))
irregular("jpeg-stray-before-end.jpg", "JPEG with 12 stray bytes before its end marker",
          lambda: before(flat(), 0xD9, b"\x12\x34" * 6))
irregular("jpeg-zeros-before-end.jpg", "JPEG with 2000 zeros before its end marker",
          lambda: before(flat(), 0xD9, bytes(2000)))
irregular("jpeg-stray-before-table.jpg", "JPEG with stray bytes before DQT", lambda: before(flat(), 0xDB, b"\x12\x34"))
irregular("jpeg-stray-before-restarts.jpg", "JPEG with nine stray bytes before each restart marker",
          lambda: before_restarts(b"\0" * 9))
irregular("jpeg-adobe-transform.jpg", "JPEG with Adobe's colour transform 3",
          lambda: jpeg.flat(*SMALL, before=(jpeg.adobe(3),)))
irregular("jpeg-jfif-short.jpg", "JPEG whose JFIF segment has 5 bytes",
          lambda: jpeg.flat(*SMALL, before=(jpeg.app(0, b"JFIF\0"),)))
irregular("jpeg-tem.jpg", "JPEG with a TEM marker", lambda: jpeg.insert(flat(), b"\xff\x01"))
corrupt("jpeg-zeroed-tail.jpg", "JPEG whose last fifth was overwritten with zeros", zeroed_tail)


def png_of(*data, color=png.RGB, chunks=(), after=(), size=SMALL):
    """A PNG of these compressed data."""
    return b"".join([png.SIGNATURE, png.header(*size, 8, color), *chunks, *(png.chunk(b"IDAT", part) for part in data),
                     *after, png.chunk(b"IEND")])


def rows(color=png.RGB, more=0):
    """The rows of a gradient, compressed."""
    opacity = (lambda y: 255) if color == png.RGBA else None
    width, height = SMALL
    return deflate(b"".join(png.plain(rgb_rows(width, height + more, opacity))))


def small_window(color):
    """Compressed data that repeat rows of noise from farther back than the 256 bytes that they state."""
    width, height = SMALL
    row = b"\0" + noise(width * (4 if color == png.RGBA else 3))
    data = deflate(row * height)
    head = bytes([0x08, 31 - 0x0800 % 31])
    return png_of(head + data[2:], color=color)


def palette_index():
    """A PNG with four colours and pixels of a fifth."""
    table = png.chunk(b"PLTE", bytes(range(12)))
    data = deflate(b"".join(png.plain(index_rows(*SMALL, 8))))
    return png_of(data, color=png.PALETTE, chunks=[table])


def with_chunk(kind, data, after=False):
    """A good PNG with one more chunk."""
    chunk = [png.chunk(kind, data)]
    return png.rgb(*SMALL, *([(), chunk] if after else [chunk]))


irregular("png-bytes-after-data.png", "PNG with two bytes after the zlib stream", lambda: png_of(rows() + b"\0\0"))
irregular("png-extra-row.png", "PNG with a row too many", lambda: png_of(rows(more=1)))
irregular("png-palette-index.png", "PNG whose pixels name colours that its palette has not", palette_index)
for kind, data in {
        "acTL": b"\0\0", "fcTL": bytes(3), "cHRM": bytes(20), "gAMA": b"\0", "iCCP": b"", "pHYs": bytes(8), "sRGB": b"",
        "cICP": b"\x01\x0d\x01\x01", "tRNS": bytes(3)}.items():
    irregular(f"png-{kind.lower()}.png", f"PNG whose {kind} has {len(data)} bytes or wrong ones",
              lambda kind=kind, data=data: with_chunk(kind.encode(), data))
irregular("png-fdat-alone.png", "PNG with fdAT and no acTL", lambda: with_chunk(b"fdAT", bytes(9), after=True))
irregular("png-phys-late.png", "PNG with pHYs after its picture",
          lambda: with_chunk(b"pHYs", struct.pack(">IIB", 2835, 2835, 1), after=True))
irregular("png-ztxt-2-mb.png", "PNG with a text of 2 MB, compressed",
          lambda: with_chunk(b"zTXt", b"Text\0\0" + zlib.compress(bytes(2 << 20), 9)))
corrupt("png-small-window.png", "PNG, RGB, whose zlib window is smaller than its distances",
        lambda: small_window(png.RGB))
corrupt("png-small-window-rgba.png", "PNG, RGBA, whose zlib window is smaller than its distances",
        lambda: small_window(png.RGBA))
corrupt("png-cgbi.png", "PNG in Apple's variant",
        lambda: png.SIGNATURE + png.chunk(b"CgBI", bytes(4)) + png.rgb(*SMALL)[len(png.SIGNATURE):])
corrupt("png-line-ends.png", "PNG whose line ends were converted", lambda: png.rgb(*SMALL).replace(b"\r\n", b"\n"))
corrupt("png-empty-palette-rgb.png", "PNG, RGB with an empty PLTE", lambda: with_chunk(b"PLTE", b""))


def masked(depth, *masks, size=40, coding=bmp.BITFIELDS):
    """A BMP of zeros with these channel masks."""
    pixels = bytes(SMALL[0] * depth // 8 * SMALL[1])
    head = bmp.header(*SMALL, depth, coding, size, len(pixels), masks=struct.pack(f"<{len(masks)}I", *masks))
    return bmp.file(head, b"" if size > 40 else struct.pack(f"<{len(masks)}I", *masks), pixels)


def long_header(size):
    """A BMP of one bit whose information header has so many bytes."""
    pixels = bmp.padded(index_rows(*SMALL, 1))
    head = bmp.header(*SMALL, 1, data=len(pixels))
    return bmp.file((struct.pack("<I", size) + head[4:]).ljust(size, b"\0")[:size], bmp.table(2), pixels)


def outside_profile():
    """A BMP, V5, whose colour profile is beyond its end."""
    pixels = bmp.padded(index_rows(*SMALL, 1))
    head = bmp.header(*SMALL, 1, size=124, data=len(pixels))
    head = overwritten(overwritten(head, 56, b"DEBM"), 112, struct.pack("<II", 1 << 20, 100))
    return bmp.file(head, bmp.table(2), pixels)


for size in (16, 41, 52, 56):
    irregular(f"bmp-header-{size}.bmp", f"BMP whose information header has {size} bytes",
              lambda size=size: long_header(size))
irregular("bmp-300-colours.bmp", "BMP of 1 bit with a table of 300 colours",
          lambda: bmp.file(bmp.header(*SMALL, 1, colors=300), bmp.table(300), bmp.padded(index_rows(*SMALL, 1))))
irregular("bmp-profile-outside.bmp", "BMP, V5, whose colour profile is beyond the end of the file", outside_profile)
irregular("bmp-file-size-0.bmp", "BMP that states a file size of 0", lambda: overwritten(bmp.indexed(*SMALL, 1), 2, bytes(4)))
rule("image-alpha")("bmp-empty-alpha.bmp", "BMP, V5, whose alpha is 0 everywhere",
                    lambda: bmp.bgra_v5(240, 240, lambda y: 0))


def animation(flags=webp.ANIMATION, header=bytes(6), more=b""):
    """An animated WebP with these flags, this ANIM chunk, and something more."""
    width, height = SMALL
    frame = webp.chunk(b"ANMF", bytes(6) + struct.pack("<I", width - 1)[:3] + struct.pack("<I", height - 1)[:3]
                       + bytes(4) + webp.solid(*SMALL))
    return webp.file(webp.extended(flags, *SMALL), webp.chunk(b"ANIM", header), frame, more)


corrupt("webp-reserved-flags.webp", "WebP whose VP8X sets reserved flags",
        lambda: webp.file(webp.extended(0xC1, *SMALL), webp.solid(*SMALL)))
corrupt("webp-two-vp8x.webp", "WebP with two VP8X chunks",
        lambda: webp.file(webp.extended(0, *SMALL), webp.extended(0, *SMALL), webp.solid(*SMALL)))
corrupt("webp-short-anim.webp", "animated WebP whose ANIM has one byte", lambda: animation(header=b"\0"))
corrupt("webp-still-in-animation.webp", "animated WebP with a still picture too",
        lambda: animation(more=webp.solid(*SMALL)))
corrupt("webp-alpha-before-lossless.webp", "WebP with an alpha plane and a lossless picture",
        lambda: webp.file(webp.extended(webp.ALPHA, *SMALL), webp.alpha_plane(128), webp.solid(*SMALL)))


def text_profile():
    """EXIF in hexadecimal, as ImageMagick writes it into text chunks."""
    block = b"Exif\0\0" + exif.orientation(6)
    digits = block.hex().encode()
    lines = b"\n".join(digits[at:at + 72] for at in range(0, len(digits), 72))
    return b"Raw profile type exif\0\0" + zlib.compress(b"\nexif\n%8d\n%s\n" % (len(block), lines), 9)


rule("image-orientation")("exif-6-in-text.png", "PNG on its side, EXIF 6 in a text chunk",
                          lambda: with_chunk(b"zTXt", text_profile()))
