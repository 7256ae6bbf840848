"""Images that break one rule each."""

import struct
import zlib

import bmp
import exif
import jpeg
import png
import webp
from accept_images import SIZE, SMALL, lossless, lossy, photo, wrapped
from pictures import index_rows, noise, ppm
from registry import below, fixture
from tools import convert, ffmpeg


def rule(name):
    """`fixture` for the folder of a rule."""
    return below(f"reject/{name}")


def overwritten(data, at, new):
    """`data` with bytes replaced from `at` on."""
    return data[:at] + new + data[at + len(new):]


def cut(data, percent=60):
    """The first part of a file."""
    return data[:len(data) * percent // 100]


def ftyp_stub(brand, *compatible):
    """A type box and an empty meta box: enough to be recognised."""
    body = brand + bytes(4) + b"".join((brand, *compatible))
    return struct.pack(">I4s", 8 + len(body), b"ftyp") + body + struct.pack(">I4sI", 12, b"meta", 0)


def simple_zip():
    """An archive with one stored file."""
    name, content = b"a.txt", b"hidden\n"
    crc = zlib.crc32(content)
    local = struct.pack("<4s5H3I2H", b"PK\3\4", 20, 0, 0, 0, 33, crc, 7, 7, len(name), 0) + name + content
    central = struct.pack("<4s6H3I5H2I", b"PK\1\2", 20, 20, 0, 0, 0, 33, crc, 7, 7, len(name), 0, 0, 0, 0, 0, 0)
    central += name
    return local + central + struct.pack("<4s4H2IH", b"PK\5\6", 0, 0, 1, 1, len(central), len(local), 0)


other = rule("image-format")
other("gif.gif", "GIF", lambda: convert(ppm(*SMALL), "+dither", "-colors", "16", to="gif"))
other("gif-named.png", "GIF named .png", lambda: convert(ppm(*SMALL), "+dither", "-colors", "16", to="gif"))
other("tiff.tiff", "TIFF, LZW", lambda: convert(ppm(*SMALL), "-compress", "lzw", to="tiff"))
other("avif.avif", "AVIF",
      lambda: ffmpeg("-f", "lavfi", "-i", "color=c=teal:s=320x240", "-frames:v", "1", "-c:v", "libaom-av1",
                     "-cpu-used", "8", "-still-picture", "1", to="avif"))
other("heic-stub.heic", "the head of a HEIC file", ftyp_stub(b"heic", b"mif1"))
other("heif-named.jpg", "the head of a HEIF file (brand mif1) named .jpg", ftyp_stub(b"mif1", b"heic"))
other("svg.svg", "SVG", b'<?xml version="1.0"?>\n<svg xmlns="http://www.w3.org/2000/svg" width="640" height="360"/>\n')
other("svg-without-declaration.svg", "SVG without an XML declaration",
      b'<svg xmlns="http://www.w3.org/2000/svg" width="640" height="360"/>\n')
other("psd.psd", "Photoshop document", lambda: convert(ppm(60, 40), "-compress", "rle", to="psd"))
other("jpeg2000.jp2", "JPEG 2000", lambda: convert(ppm(*SMALL), "-quality", "30", to="jp2"))
other("ico.ico", "Windows icon",
      lambda: struct.pack("<3H4B2H2I", 0, 1, 1, 64, 48, 0, 0, 1, 1, len(png.gray(64, 48, 1)), 22) + png.gray(64, 48, 1))
other("jpegxl-stub.jxl", "the head of a JPEG XL container", struct.pack(">I4sI", 12, b"JXL ", 0x0D0A870A))
other("pnm.ppm", "portable pixmap", lambda: ppm(30, 20))

coding = rule("image-coding")
coding("arithmetic.jpg", "JPEG, arithmetic coding (SOF9)", lambda: jpeg.flat(*SIZE, marker=jpeg.ARITHMETIC))
coding("arithmetic-gray.jpg", "JPEG, arithmetic coding, gray",
       lambda: jpeg.flat(*SIZE, [(1, 1)], jpeg.ARITHMETIC))
coding("twelve-bit.jpg", "JPEG with 12 bits a sample (SOF1)",
       lambda: jpeg.flat(*SIZE, marker=jpeg.EXTENDED, precision=12))
coding("lossless.jpg", "lossless JPEG (SOF3)",
       lambda: ffmpeg("-f", "lavfi", "-i", "color=c=teal:s=320x240", "-frames:v", "1", "-c:v", "ljpeg", "-pix_fmt",
                      "yuvj444p", "-strict", "-2", "-f", "image2", to="jpg"))
coding("jpeg-ls.jpg", "JPEG-LS named .jpg",
       lambda: ffmpeg("-f", "lavfi", "-i", "color=c=teal:s=320x240", "-frames:v", "1", "-c:v", "jpegls", "-pix_fmt",
                      "rgb24", "-f", "image2", to="jpg"))
coding("hierarchical-header.jpg", "the markers of a hierarchical JPEG (SOF5)",
       lambda: jpeg.flat(*SIZE).replace(b"\xff\xc0", b"\xff\xc5", 1))

dimensions = rule("image-dimensions")
for width, height in ((239, 300), (300, 239), (100, 50), (200, 150)):
    dimensions(f"{width}x{height}.png", "too small", lambda w=width, h=height: png.gray(w, h, 1))
dimensions("239x300.jpg", "one too narrow", lambda: jpeg.flat(239, 300))
dimensions("300x239.bmp", "one too low", lambda: bmp.indexed(300, 239, 1))
dimensions("300x239.webp", "one too low", lambda: webp.file(webp.solid(300, 239)))
dimensions("8001x1001.png", "one too wide", lambda: png.gray(8001, 1001, 1))
dimensions("1001x8001.png", "one too high", lambda: png.gray(1001, 8001, 1))
dimensions("8001x1001.webp", "one too wide, 34 bytes", lambda: webp.file(webp.solid(8001, 1001)))
dimensions("16383x9000.webp", "147 megapixels in 34 bytes", lambda: webp.file(webp.solid(16383, 9000)))
dimensions("8001x1001.jpg", "one too wide", lambda: jpeg.flat(8001, 1001, [(1, 1)]))


aspect = rule("image-aspect-ratio")
for width, height in ((1921, 240), (240, 1921)):
    aspect(f"{width}x{height}.png", "just beyond 8:1", lambda w=width, h=height: png.gray(w, h, 1))
aspect("1921x240.jpg", "just beyond 8:1", lambda: jpeg.flat(1921, 240))
aspect("240x1921.webp", "just beyond 1:8", lambda: webp.file(webp.solid(240, 1921)))
aspect("250x2400.bmp", "1:9.6", lambda: bmp.indexed(250, 2400, 1))
aspect("8000x999.png", "just beyond 8:1 at the largest width", lambda: png.gray(8000, 999, 1))


def png_flipped_data():
    """The compressed data changed, and its checksum made right again: only inflating shows it."""
    data = bytearray(png.deflate(b"".join(png.filtered(png.pictures.rgb_rows(*SIZE), 3))))
    data[len(data) // 2:len(data) // 2 + 4] = b"\xff\x00\xff\x00"
    return b"".join([png.SIGNATURE, png.header(*SIZE, 8, png.RGB), *png.idats(bytes(data)), png.chunk(b"IEND")])


def png_wrong_adler():
    """Pixels whole, but the last four bytes of the zlib stream are wrong."""
    data = png.deflate(b"".join(png.plain(index_rows(*SIZE, 1))))
    return b"".join([png.SIGNATURE, png.header(*SIZE, 1, png.GRAY), png.chunk(b"IDAT", data[:-4] + b"\1\2\3\4"),
                     png.chunk(b"IEND")])


def png_with(*parts, depth=1, color=png.GRAY, rows=SIZE[1]):
    """A PNG whose IDAT holds `rows` rows, with `parts` before it."""
    data = png.deflate(b"".join(png.plain(index_rows(SIZE[0], rows, 1))))
    return b"".join([png.SIGNATURE, png.header(*SIZE, depth, color), *parts, png.chunk(b"IDAT", data),
                     png.chunk(b"IEND")])


def damaged_scan():
    """Noise inside the scan; FF is left out, so that no marker appears."""
    data = photo()
    at = jpeg.scan_start(data) + 600
    return overwritten(data, at, noise(200).replace(b"\xff", b"\x5a"))


def wrong_restart():
    """The third restart marker has the wrong number."""
    data = jpeg.flat(*SIZE, restart=5)
    at = data.index(b"\xff\xd2", jpeg.scan_start(data))
    return overwritten(data, at, b"\xff\xd6")


def damaged_vp8l():
    """The stream of codes overwritten."""
    data = lossless()
    return overwritten(data, 30, noise(len(data) - 60, 9))


corrupt = rule("image-corrupt")
corrupt("png-flipped-data.png", "PNG, compressed data changed, checksums right", png_flipped_data)
corrupt("png-wrong-text-crc.png", "PNG, checksum of a text chunk wrong",
        lambda: png_with(png.chunk(b"tEXt", b"Title\0x", crc=7)))
corrupt("png-wrong-adler.png", "PNG, checksum of the zlib stream wrong", png_wrong_adler)
corrupt("png-wrong-idat-crc.png", "PNG, checksum of IDAT wrong",
        lambda: b"".join([png.SIGNATURE, png.header(*SIZE, 1, png.GRAY),
                          png.chunk(b"IDAT", png.deflate(b"".join(png.plain(index_rows(*SIZE, 1)))), crc=7),
                          png.chunk(b"IEND")]))
corrupt("png-palette-missing.png", "PNG, palette colour without PLTE",
        lambda: png_with(color=png.PALETTE))
corrupt("png-unknown-critical.png", "PNG with an unknown critical chunk", lambda: png_with(png.chunk(b"ABCD")))
corrupt("png-impossible-depth.png", "PNG, RGB with 4 bits", lambda: png_with(depth=4, color=png.RGB))
corrupt("png-bad-filter.png", "PNG, a row with filter 9",
        lambda: png.image(*SIZE, 1, png.GRAY, (b"\x09" + row for row in index_rows(*SIZE, 1))))
corrupt("jpeg-damaged-scan.jpg", "JPEG, noise inside the scan", damaged_scan)
corrupt("jpeg-wrong-restart.jpg", "JPEG, a restart marker with the wrong number", wrong_restart)
corrupt("jpeg-no-tables.jpg", "JPEG without Huffman tables",
        lambda: jpeg.flat(*SIZE).replace(jpeg.huffman(), b"", 1))
corrupt("jpeg-no-frame.jpg", "JPEG whose scan has no frame header",
        lambda: b"".join([jpeg.SOI, jpeg.JFIF, jpeg.quantisation(), jpeg.huffman(), jpeg.scan([0]), b"\x55" * 900,
                          jpeg.EOI]))
corrupt("bmp-rle-run-beyond-row.bmp", "BMP, RLE8, each row with runs of 765 pixels in an image 640 wide",
        lambda: bmp.file(bmp.header(*SIZE, 8, bmp.RLE8), bmp.table(256), b"\xff\x07\xff\x09\xff\x0b\0\0" * 360
                         + b"\0\x01"))
corrupt("bmp-rle-rows-beyond-image.bmp", "BMP, RLE8 with 40 rows too many",
        lambda: bmp.rle8(*SIZE, rows=SIZE[1] + 40))
fixture("corrupt/bmp-rle-pixels-missing.bmp", "BMP, RLE8 that ends half way up", lambda: bmp.rle8(*SIZE, rows=SIZE[1] // 2))
corrupt("bmp-bad-depth.bmp", "BMP of 7 bits", lambda: overwritten(bmp.indexed(*SMALL, 1), 28, b"\x07"))
corrupt("bmp-no-palette.bmp", "BMP of 8 bits whose pixels begin inside its header",
        lambda: overwritten(bmp.indexed(*SMALL, 1), 10, b"\x0a\0\0\0"))
corrupt("webp-damaged-lossless.webp", "WebP, lossless stream damaged", damaged_vp8l)
corrupt("webp-vp8-no-start-code.webp", "WebP, lossy frame without its start code",
        lambda: overwritten(lossy(), 23, b"\0\0\0"))
corrupt("webp-canvas-mismatch.webp", "WebP whose VP8X names another size than its frame",
        lambda: wrapped(0, lossy(), size=(700, 300)))
corrupt("webp-no-frame.webp", "WebP with VP8X and no picture", lambda: webp.file(webp.extended(0, *SIZE)))

truncated = rule("image-truncated")
truncated("jpeg-60-percent.jpg", "JPEG, first 60 %", lambda: cut(photo()))
truncated("jpeg-no-eoi.jpg", "JPEG, the end marker missing", lambda: photo()[:-2])
truncated("jpeg-no-eoi-restart.jpg", "JPEG with restart markers, first 60 %", lambda: cut(jpeg.flat(*SIZE, restart=5)))
truncated("jpeg-header-only.jpg", "JPEG cut before its scan", lambda: photo()[:jpeg.scan_start(photo())])
truncated("jpeg-progressive.jpg", "progressive JPEG, first 60 %", lambda: cut(photo("-interlace", "plane")))
corrupt("jpeg-too-few-rows.jpg", "JPEG that ends early and has its end marker",
          lambda: cut(photo()).rstrip(b"\xff") + jpeg.EOI)
truncated("png-60-percent.png", "PNG, first 60 %", lambda: cut(png.rgb(*SIZE)))
truncated("png-no-iend.png", "PNG, IEND missing", lambda: png.rgb(*SIZE)[:-12])
truncated("png-half-iend.png", "PNG, the last 2 bytes missing", lambda: png.rgb(*SIZE)[:-2])
corrupt("png-too-few-rows.png", "PNG whose chunks are whole and hold 100 of 360 rows", lambda: png_with(rows=100))
corrupt("png-no-idat.png", "PNG without IDAT",
          lambda: png.SIGNATURE + png.header(*SIZE, 8, png.RGB) + png.chunk(b"IEND"))
truncated("bmp-60-percent.bmp", "BMP, first 60 %", lambda: cut(bmp.indexed(*SMALL, 4)))
truncated("bmp-one-byte-less.bmp", "BMP, the last byte missing", lambda: bmp.indexed(*SMALL, 1)[:-1])
truncated("bmp-header-only.bmp", "BMP, 54 bytes", lambda: bmp.rgb24(*SMALL)[:54])
truncated("webp-lossy-60-percent.webp", "lossy WebP, first 60 %", lambda: cut(lossy()))
truncated("webp-lossless-60-percent.webp", "lossless WebP, first 60 %", lambda: cut(lossless()))
truncated("webp-extended-60-percent.webp", "WebP in a VP8X container, first 60 %", lambda: cut(wrapped(0, lossy())))
truncated("webp-size-mended.webp", "lossy WebP, first 60 %, its RIFF and chunk sizes made to agree",
          lambda: webp.file(webp.chunk(b"VP8 ", cut(next(webp.chunks(lossy()))[1]))))

animated = rule("image-animated")
animated("apng.png", "APNG, 3 frames", lambda: png.animated(*SMALL, 3))
animated("webp.webp", "animated WebP, 2 frames",
         lambda: webp.animation(*SMALL, [(40, 90, 200, 255), (200, 90, 40, 255)]))
animated("webp-libwebp.webp", "animated WebP as libwebp writes it",
         lambda: ffmpeg("-f", "lavfi", "-i", "testsrc=s=300x250:r=2:d=1.5", "-c:v", "libwebp_anim", "-q:v", "30",
                        "-loop", "0", to="webp"))

alpha = rule("image-alpha")
alpha("rgba.png", "PNG, RGBA, clear at the top", lambda: png.rgba(*SIZE, lambda y: min(255, y * 2)))
alpha("rgba-one-row.png", "PNG, RGBA, only the last row 254 of 255 opaque",
      lambda: png.rgba(*SIZE, lambda y: 254 if y == SIZE[1] - 1 else 255))
alpha("palette-trns.png", "PNG, palette with a clear entry that is used",
      lambda: png.palette(*SIZE, 4, after_palette=[png.chunk(b"tRNS", b"\xff\xff\x00")]))
alpha("gray-trns.png", "PNG, gray with a transparent level that is used",
      lambda: png.gray(*SIZE, 8, before=[png.chunk(b"tRNS", b"\0\x00")]))
alpha("lossless.webp", "lossless WebP, half clear", lambda: webp.file(webp.solid(*SIZE, (40, 90, 200, 128))))
alpha("lossy.webp", "lossy WebP with an alpha plane of one half",
      lambda: wrapped(webp.ALPHA, lossy(), before=[webp.alpha_plane(128)]))
alpha("v5.bmp", "BMP, V5, 32 bits with an alpha mask and clear rows",
      lambda: bmp.bgra_v5(242, 240, lambda y: 255 if y > 100 else 90))

cmyk = rule("image-cmyk")
cmyk("adobe-cmyk.jpg", "JPEG, CMYK as Adobe marks it",
     lambda: jpeg.flat(*SIZE, [(1, 1)] * 4, before=(jpeg.adobe(0),)))
cmyk("adobe-ycck.jpg", "JPEG, YCCK as Adobe marks it",
     lambda: jpeg.flat(*SIZE, [(2, 2), (1, 1), (1, 1), (2, 2)], before=(jpeg.adobe(2),)))
cmyk("unmarked.jpg", "JPEG, four components without Adobe's marker",
     lambda: jpeg.flat(*SIZE, [(1, 1)] * 4, before=()))
cmyk("imagemagick.jpg", "JPEG, CMYK as ImageMagick writes it", lambda: photo("-colorspace", "CMYK"))

orientation = rule("image-orientation")
orientation("exif-6-big-endian.jpg", "JPEG on its side, EXIF 6",
            lambda: jpeg.insert(photo(), jpeg.exif(exif.orientation(6))))
orientation("exif-8-little-endian.jpg", "JPEG on its side, EXIF 8, little-endian",
            lambda: jpeg.insert(photo(), jpeg.exif(exif.orientation(8, "little"))))
orientation("exif-2-mirrored.jpg", "JPEG mirrored, EXIF 2",
            lambda: jpeg.insert(photo(), jpeg.exif(exif.orientation(2))))
orientation("exif-3.webp", "WebP upside down, EXIF 3",
            lambda: wrapped(webp.EXIF, lossy(), webp.chunk(b"EXIF", exif.orientation(3))))
orientation("exif-6.png", "PNG on its side, eXIf 6",
            lambda: png.rgb(*SIZE, before=[png.chunk(b"eXIf", exif.orientation(6))]))
orientation("exif-6-after-other-app1.jpg", "JPEG, EXIF 6 after an XMP segment",
            lambda: jpeg.insert(photo(), jpeg.app(1, b"http://ns.adobe.com/xap/1.0/\0<x/>"),
                                jpeg.exif(exif.orientation(6))))

trailing = rule("image-trailing-data")
trailing("jpeg-zip.jpg", "JPEG with a ZIP archive after it", lambda: photo() + simple_zip())
trailing("jpeg-zeros.jpg", "JPEG with 100 zero bytes after it", lambda: photo() + bytes(100))
trailing("jpeg-second-image.jpg", "JPEG with a second JPEG after it, as phones store motion or depth",
         lambda: photo() + jpeg.flat(96, 64))
trailing("png-junk.png", "PNG with 37 bytes of junk after it", lambda: png.rgb(*SIZE) + noise(37))
trailing("bmp-junk.bmp", "BMP with junk after its pixels", lambda: bmp.indexed(*SMALL, 1) + noise(37))
trailing("webp-junk.webp", "WebP with junk after its RIFF chunk", lambda: lossy() + noise(38))
