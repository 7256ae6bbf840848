"""Files that are not media, that have a wrong name, or that reach a limit."""

import struct

import accept_images as images
import bmp
import jpeg
import mpegaudio as mp3
import png
import wav
import webp
from registry import fixture
from accept_video import basic
from pictures import noise
from reject_images import rule, simple_zip

PAGE = b"""<!DOCTYPE html>
<html><head><title>Sign in</title></head><body><p>Sign in to see this file.</p></body></html>
"""
PDF = b"""%PDF-1.4
1 0 obj <</Type /Catalog /Pages 2 0 R>> endobj
2 0 obj <</Type /Pages /Kids [] /Count 0>> endobj
trailer <</Size 3 /Root 1 0 R>>
%%EOF
"""

none = rule("media-format")
none("page.html", "a web page", PAGE)
none("page-named.png", "a sign-in page named .png", PAGE)
none("page-behind-blanks.jpg", "a page after a byte order mark and blanks, named .jpg", b"\xef\xbb\xbf\n  " + PAGE)
none("page-latin1.html", "a page in Latin-1 that declares it", "<html><head><meta charset=iso-8859-1>"
     "<title>Größe &amp; Maß</title></head></html>\n".encode("latin-1"))
none("page-utf16.html", "a page in UTF-16 with a byte order mark",
     "\ufeff<!DOCTYPE html>\r\n<title>Größe – 日本</title>\r\n".encode("utf-16-le"))
none("page.xhtml", "a page in XHTML, after comments",
     b"""<?xml version="1.0" encoding="UTF-8"?>
<!-- <title>not this one</title> -->
<html xmlns="http://www.w3.org/1999/xhtml"><head><title
>A lake\n  at dusk</title></head><body/></html>
""")
none("page-hostile-title.png", "a title with escape sequences and a change of direction",
     b"<html><head><title>\x1b]0;owned\x07 &#27;[2J &#x202E;gnp.a</title></head></html>\n")
none("page-unclosed-title.png", "a title that does not end", b"<html><head><title>Sign in" + b" <p>x</p>" * 300)
none("s3-access-denied.png", "the error of an object store, named .png",
     b'<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>AccessDenied</Code><Message>Access Denied</Message>'
     b"<RequestId>0123456789ABCDEF</RequestId><HostId>AAAA=</HostId></Error>")
none("document.pdf", "PDF", PDF)
none("archive.zip", "ZIP", simple_zip)
none("noise.bin", "bytes without pattern", lambda: noise(2000, 77))
none("zeros.mp4", "zero bytes", bytes(4096))
none("text.txt", "plain text", b"not a picture\n")
none("error.json.png", "an error in JSON, named .png", b'{"error": {"code": 403, "message": "denied"}}\n')
none("utf16.jpg", "text in UTF-16", "\ufeffnot a picture\r\n".encode("utf-16-le"))
none("one-byte.wav", "one byte", b"R")
none("git-lfs-pointer.mp4", "a pointer of Git LFS instead of the file",
     b"version https://git-lfs.github.com/spec/v1\noid sha256:" + b"0" * 64 + b"\nsize 1234567\n")

empty = rule("file-empty")
for ending in ("png", "mp3", "mp4"):
    empty(f"empty.{ending}", "a file of 0 bytes", b"")

mismatch = rule("extension-mismatch")
mismatch("png-named.jpg", "PNG named .jpg", lambda: png.rgb(*images.SIZE))
mismatch("jpeg-named.png", "JPEG named .png", images.photo)
mismatch("webp-named.jpg", "WebP named .jpg", images.lossy)
mismatch("bmp-named.webp", "BMP named .webp", lambda: bmp.indexed(*images.SMALL, 1))
mismatch("mp4-named.mov", "MP4 named .mov", basic)
mismatch("mov-named.mp4", "MOV named .mp4", lambda: basic("mov"))
mismatch("wav-named.mp3", "WAV named .mp3", lambda: wav.tone(2.5, bits=8))
mismatch("mp3-named.wav", "MP3 named .wav", lambda: mp3.small(3))
mismatch("jpeg-named.gif", "JPEG named .gif", images.photo)
mismatch("png-named.PNG.txt", "PNG named .txt", lambda: png.gray(*images.SIZE, 1))


def huge_png():
    """A head of 2 000 000 000 pixels over a little data."""
    data = png.deflate(bytes(5001 * 40))
    return b"".join([png.SIGNATURE, png.header(40000, 50000, 1, png.GRAY), png.chunk(b"IDAT", data),
                     png.chunk(b"IEND")])


limit = rule("probe-limit")
limit("png-40000x50000.png", "PNG whose head says 40000x50000", huge_png)
fixture("reject/image-dimensions/bmp-40000x50000.bmp", "BMP whose head says 40000x50000",
      lambda: bmp.file(bmp.header(40000, 50000, 1), bmp.table(2), bytes(5000), size=62 + 50000 * 5000))
limit("jpeg-65535x65500.jpg", "JPEG whose head says 65535x65500",
      lambda: jpeg.flat(320, 240).replace(struct.pack(">HH", 240, 320), struct.pack(">HH", 65500, 65535), 1))
limit("jpeg-600-scans.jpg", "progressive JPEG with 600 scans", lambda: jpeg.many_scans(320, 240, 600))
limit("webp-16384x16383.webp", "lossless WebP of 16384x16383 in 34 bytes",
      lambda: webp.file(webp.solid(16384, 16383)))
