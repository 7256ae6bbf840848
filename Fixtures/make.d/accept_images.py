"""Images that must be valid without a finding."""

import bmp
import exif
import icc
import jpeg
import png
import webp
from pictures import pgm, ppm
from registry import below
from tools import convert, ffmpeg

image = below("accept/image")
SIZE = (640, 360)
SMALL = (300, 250)
XMP = b'<x:xmpmeta xmlns:x="adobe:ns:meta/"/>\n'


def photo(*arguments, size=SIZE):
    """A JPEG of ImageMagick's (libjpeg)."""
    return convert(ppm(*size), "-quality", "60", *arguments, to="jpeg")


def lossy(size=SIZE):
    """A lossy WebP of libwebp."""
    return convert(ppm(*size), "-quality", "50", to="webp")


def lossless(size=SIZE):
    """A lossless WebP of libwebp."""
    return convert(ppm(*size), "-define", "webp:lossless=true", to="webp")


def wrapped(flags, inner, *after, before=(), size=SIZE):
    """A VP8X file with the image data of a plain one."""
    return webp.file(webp.extended(flags, *size), *before, webp.bitstream(inner), *after)


image("jpeg-420.jpg", "baseline JPEG, 4:2:0", lambda: photo("-sampling-factor", "2x2"))
image("jpeg-422.jpg", "baseline JPEG, 4:2:2", lambda: photo("-sampling-factor", "2x1"))
image("jpeg-444.jpeg", "baseline JPEG, 4:4:4, named .jpeg", lambda: photo("-sampling-factor", "1x1"))
image("jpeg-gray.jpg", "baseline JPEG, gray", lambda: convert(pgm(*SIZE), "-quality", "60", to="jpeg"))
image("jpeg-progressive.jpg", "progressive JPEG, 4:2:0", lambda: photo("-interlace", "plane"))
image("jpeg-progressive-gray.jpg", "progressive JPEG, gray",
      lambda: convert(pgm(*SIZE), "-quality", "60", "-interlace", "plane", to="jpeg"))
image("jpeg-restart.jpg", "baseline JPEG with a restart marker every 5 MCUs",
      lambda: jpeg.flat(*SIZE, restart=5))
image("jpeg-extended-8bit.jpg", "extended sequential JPEG (SOF1) with 8 bits",
      lambda: jpeg.flat(*SIZE, marker=jpeg.EXTENDED))
image("jpeg-ffmpeg.jpg", "baseline JPEG as ffmpeg writes it",
      lambda: ffmpeg("-f", "lavfi", "-i", "testsrc=s=640x360", "-frames:v", "1", "-q:v", "12", "-pix_fmt", "yuvj420p",
                     to="jpg"))
image("jpeg-bare.jpg", "baseline JPEG without any APP segment", lambda: jpeg.flat(*SIZE, before=()))
image("jpeg-icc.jpg", "JPEG with an ICC profile", lambda: jpeg.insert(photo(), jpeg.icc(icc.profile())))
image("jpeg-exif-1-big-endian.jpg", "JPEG with EXIF, orientation 1, big-endian",
      lambda: jpeg.insert(photo(), jpeg.exif(exif.orientation(1, "big"))))
image("jpeg-exif-1-little-endian.jpg", "JPEG with EXIF, orientation 1, little-endian",
      lambda: jpeg.insert(photo(), jpeg.exif(exif.orientation(1, "little"))))
image("jpeg-many-segments.jpg", "JPEG with EXIF, XMP, ICC, APP13, APP14, two comments",
      lambda: jpeg.insert(photo(), jpeg.exif(exif.orientation(1)), jpeg.app(1, b"http://ns.adobe.com/xap/1.0/\0" + XMP),
                          jpeg.icc(icc.profile()), jpeg.app(13, b"Photoshop 3.0\0"), jpeg.adobe(1),
                          jpeg.segment(0xFE, b"one"), jpeg.segment(0xFE, b"")))
image("jpeg-fill-bytes.jpg", "JPEG with fill bytes (FF) before a marker", lambda: jpeg.insert(photo(), b"\xff\xff\xff"))
image("jpeg-sides-not-whole-blocks.jpg", "JPEG whose sides are not multiples of 16", lambda: photo(size=(431, 247)))

for depth in (1, 2, 4, 8, 16):
    image(f"png-gray-{depth}.png", f"PNG, gray, {depth} bits", lambda depth=depth: png.gray(*SIZE, depth))
for depth in (1, 2, 4, 8):
    image(f"png-palette-{depth}.png", f"PNG, palette, {depth} bits", lambda depth=depth: png.palette(*SIZE, depth))
image("png-rgb-8.png", "PNG, RGB, 8 bits", lambda: png.rgb(*SIZE))
image("png-rgb-16.png", "PNG, RGB, 16 bits", lambda: png.rgb16(*SMALL))
image("png-interlaced.png", "PNG, RGB, Adam7", lambda: png.interlaced(*SMALL))
image("png-rgba-opaque.png", "PNG with an alpha channel that is fully opaque",
      lambda: png.rgba(*SIZE, lambda y: 255))
image("png-text.png", "PNG with tEXt, zTXt, iTXt, tIME and an unknown ancillary chunk",
      lambda: png.rgb(*SIZE, before=[
          png.chunk(b"tEXt", b"Title\0gradient"), png.chunk(b"zTXt", b"Comment\0\0" + png.deflate(b"words " * 50)),
          png.chunk(b"iTXt", "Author\0\0\0de\0Autor\0Jörg".encode()),
          png.chunk(b"tIME", bytes([7, 234, 1, 2, 3, 4, 5])), png.chunk(b"prVt", b"?")]))
image("png-icc.png", "PNG with an ICC profile, gAMA aside",
      lambda: png.rgb(*SIZE, before=[png.chunk(b"iCCP", b"fixture\0\0" + png.deflate(icc.profile()))]))
image("png-srgb.png", "PNG with sRGB, gAMA, cHRM, pHYs and bKGD",
      lambda: png.rgb(*SIZE, before=[
          png.chunk(b"gAMA", (45455).to_bytes(4, "big")),
          png.chunk(b"cHRM", b"".join(v.to_bytes(4, "big") for v in (
              31270, 32900, 64000, 33000, 30000, 60000, 15000, 6000))),
          png.chunk(b"sRGB", b"\0"), png.chunk(b"bKGD", bytes(6)),
          png.chunk(b"pHYs", (2835).to_bytes(4, "big") * 2 + b"\1")]))
image("png-exif-1.png", "PNG with eXIf, orientation 1",
      lambda: png.rgb(*SIZE, before=[png.chunk(b"eXIf", exif.orientation(1))]))
image("png-many-idat.png", "PNG whose data is split among IDAT chunks of 7 bytes, one of them empty",
      lambda: png.image(*SIZE, 1, png.GRAY, png.plain(png.pictures.index_rows(*SIZE, 1)),
                        before=[png.chunk(b"IDAT")], idat=7))
image("png-imagemagick.png", "PNG, RGB, as ImageMagick writes it", lambda: convert(ppm(*SIZE), to="png"))
image("png-ffmpeg.png", "PNG, RGB, as ffmpeg writes it",
      lambda: ffmpeg("-f", "lavfi", "-i", "testsrc=s=426x240", "-frames:v", "1", to="png"))

for depth in (1, 4, 8):
    image(f"bmp-{depth}.bmp", f"BMP, {depth} bits", lambda depth=depth: bmp.indexed(*SMALL, depth))
image("bmp-24.bmp", "BMP, 24 bits, rows padded", lambda: bmp.rgb24(245, 240))
image("bmp-32.bmp", "BMP, 32 bits, the fourth byte 0 and without meaning", lambda: bmp.rgb32(242, 240, 0))
image("bmp-top-down.bmp", "BMP, 8 bits, top row first (negative height)",
      lambda: bmp.indexed(*SMALL, 8, top_down=True))
image("bmp-565.bmp", "BMP, 16 bits, BITFIELDS 565", lambda: bmp.rgb565(250, 240))
image("bmp-rle8.bmp", "BMP, RLE8", lambda: bmp.rle8(*SIZE))
image("bmp-rle4.bmp", "BMP, RLE4", lambda: bmp.rle4(*SIZE))
image("bmp-os2.bmp", "BMP with the 12-byte header of OS/2, 4 bits", lambda: bmp.indexed(*SMALL, 4, size=12))
image("bmp-v4.bmp", "BMP with a V4 header, 8 bits", lambda: bmp.indexed(*SMALL, 8, size=108))
image("bmp-v5.bmp", "BMP with a V5 header, 16 bits, BITFIELDS 565", lambda: bmp.rgb565(250, 240, 124))
image("bmp-gap.bmp", "BMP, 1 bit, with a gap of 50 bytes before the pixels",
      lambda: bmp.file(bmp.header(*SMALL, 1), bmp.table(2), bmp.padded(png.pictures.index_rows(*SMALL, 1)), bytes(50)))

image("webp-lossy.webp", "lossy WebP", lossy)
image("webp-lossless.webp", "lossless WebP", lossless)
image("webp-extended.webp", "lossy WebP in a VP8X container", lambda: wrapped(0, lossy()))
image("webp-icc-exif-xmp.webp", "lossy WebP with ICC, EXIF of orientation 1, XMP and an unknown chunk",
      lambda: wrapped(webp.ICC | webp.EXIF | webp.XMP, lossy(),
                      webp.chunk(b"EXIF", exif.orientation(1)), webp.chunk(b"XMP ", XMP),
                      webp.chunk(b"junk", b"odd"), before=[webp.chunk(b"ICCP", icc.profile())]))
image("webp-exif-1-little-endian.webp", "lossless WebP with EXIF of orientation 1, little-endian",
      lambda: wrapped(webp.EXIF, lossless(), webp.chunk(b"EXIF", exif.orientation(1, "little"))))
image("webp-alpha-opaque.webp", "lossy WebP with an alpha plane that is fully opaque",
      lambda: wrapped(webp.ALPHA, lossy(), before=[webp.alpha_plane(255)]))

for width, height in ((240, 241), (241, 240), (1919, 240), (240, 1919), (1920, 240), (240, 1920)):
    image(f"edge-{width}x{height}.jpg", f"JPEG of {width}x{height}", lambda w=width, h=height: jpeg.flat(w, h))
for width, height in ((8000, 1000), (1000, 8000), (7999, 1001)):
    image(f"edge-{width}x{height}.png", f"PNG of {width}x{height}, 1 bit",
          lambda w=width, h=height: png.gray(w, h, 1))
image("edge-8000x1000.webp", "lossless WebP of 8000x1000", lambda: webp.file(webp.solid(8000, 1000)))
image("edge-240x1920.bmp", "BMP of 240x1920, 1 bit", lambda: bmp.indexed(240, 1920, 1))
