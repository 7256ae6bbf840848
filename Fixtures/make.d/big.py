"""The fixtures too big for git: sizes around the limits, 64 megapixels, bombs, long lists of jobs."""

import json
import pathlib
import shutil
import struct
import subprocess
import tempfile
import zlib

import bmp
import boxes
import jpeg
import movies
import mpegaudio as mp3
import pictures
import png
import tools
import wav
import webp

MB, MIB = 10**6, 1 << 20
SIDE = 8000
RECIPES = []


def big(name, what):
    """Lists a function that writes the file `name`."""
    def decorate(function):
        RECIPES.append((name, what, function))
        return function
    return decorate


def make(folder, prefixes):
    """Writes all files, or those whose name begins with a prefix, and describes each."""
    for name, what, function in RECIPES:
        if prefixes and not name.startswith(tuple(prefixes)):
            continue
        path = pathlib.Path(folder, name)
        path.parent.mkdir(parents=True, exist_ok=True)
        function(path)
        print(f"{path.stat().st_size:>10} {name}: {what}", flush=True)
    return 0


def sized(name, what, sizes, build):
    """Lists one file for each size, made by `build(size)`."""
    for size in sizes:
        def write(path, size=size):
            data = build(size)
            if len(data) != size:
                raise ValueError(f"{path.name} has {len(data)} bytes")
            path.write_bytes(data)
        big(name.replace("SIZE", str(size)), f"{what} of {size} bytes")(write)


def around(limit):
    """The two readings of a limit in megabytes, each exact and one byte over."""
    return [limit * MB, limit * MB + 1, limit * MIB, limit * MIB + 1]


def padded_png(size):
    """Valid PNG; a private ancillary chunk fills it up."""
    rest = size - len(png.rgb(640, 360)) - 12
    return png.rgb(640, 360, before=[png.chunk(b"paDd", bytes(rest))])


def padded_bmp(size):
    """Valid BMP; the gap before its pixels fills it up."""
    return bmp.rgb24(640, 360, gap=bytes(size - len(bmp.rgb24(640, 360))))


def padded_jpeg(size):
    """Valid JPEG; comments fill it up."""
    base = jpeg.flat(640, 360)
    left = size - len(base)
    comments = []
    while left:
        piece = left if left <= 65537 else min(65537, left - 4)
        comments.append(jpeg.segment(0xFE, bytes(piece - 4)))
        left -= piece
    return jpeg.insert(base, *comments)


def padded_webp(size):
    """Valid WebP; an unknown chunk fills it up."""
    head = [webp.extended(0, 640, 360), webp.solid(640, 360)]
    return webp.file(*head, webp.chunk(b"padd", bytes(size - len(webp.file(*head)) - 8)))


def padded_wav(size):
    """Valid WAV of 30 s; a JUNK chunk fills it up."""
    head, data = wav.format_chunk(1, 1, 8000, 8), wav.chunk(b"data", wav.samples(240000, 8000, 1, 8))
    return wav.file(head, wav.chunk(b"JUNK", bytes(size - len(wav.file(head, data)) - 8)), data)


def padded_mp3(size):
    """Valid MP3 of 3 s; padding in its ID3 tag fills it up."""
    frames = mp3.small(3)
    return mp3.id3v2(padding=size - len(frames) - 10) + frames


def padded_movie(size, to="mp4"):
    """Valid MP4 or MOV of 3 s; a free box after ftyp fills it up."""
    base = movies.with_sound("426x240", 3, 10, to)
    return boxes.edited(base, boxes.insert_after(b"ftyp", boxes.Box(b"free", bytes(size - len(base) - 8))))


sized("limits/image-SIZE.png", "PNG", around(20), padded_png)
sized("limits/image-SIZE.bmp", "BMP", around(20), padded_bmp)
sized("limits/image-SIZE.jpg", "JPEG", around(20), padded_jpeg)
sized("limits/image-SIZE.webp", "WebP", [20 * MB, 20 * MB + 2, 20 * MIB, 20 * MIB + 2], padded_webp)
sized("limits/audio-SIZE.wav", "WAV", [15 * MB, 15 * MB + 2, 15 * MIB, 15 * MIB + 2], padded_wav)
sized("limits/audio-SIZE.mp3", "MP3", around(15), padded_mp3)
sized("limits/video-SIZE.mp4", "MP4", around(100), padded_movie)
sized("limits/video-SIZE.mov", "MOV", [100 * MB, 100 * MIB + 1], lambda size: padded_movie(size, "mov"))


def write_png(path, rows, width, height, depth, color, before=()):
    """A PNG, row after row, so that the picture is never in memory."""
    packer = zlib.compressobj(1)
    with open(path, "wb") as file:
        file.write(png.SIGNATURE + png.header(width, height, depth, color))
        for part in before:
            file.write(part)
        for row in rows:
            data = packer.compress(b"\0" + row)
            if data:
                file.write(png.chunk(b"IDAT", data))
        file.write(png.chunk(b"IDAT", packer.flush()) + png.chunk(b"IEND"))


def through_ffmpeg(path, *arguments):
    """The gradient of 64 megapixels, piped into ffmpeg."""
    command = ["ffmpeg", "-hide_banner", "-loglevel", "error", "-y", "-f", "rawvideo", "-pix_fmt", "rgb24", "-s",
               f"{SIDE}x{SIDE}", "-i", "-", "-frames:v", "1", *tools.BITEXACT, *arguments, str(path)]
    with subprocess.Popen(command, stdin=subprocess.PIPE) as process:
        for row in pictures.rgb_rows(SIDE, SIDE):
            process.stdin.write(row)
        process.stdin.close()
        if process.wait():
            raise tools.ToolError(" ".join(command))


@big("megapixels-64/rgb.png", "PNG, RGB, 8000x8000")
def _(path):
    write_png(path, pictures.rgb_rows(SIDE, SIDE), SIDE, SIDE, 8, png.RGB)


@big("megapixels-64/baseline.jpg", "baseline JPEG, 8000x8000")
def _(path):
    through_ffmpeg(path, "-pix_fmt", "yuvj420p", "-q:v", "8")


@big("megapixels-64/progressive.jpg", "progressive JPEG, 8000x8000, 5 scans")
def _(path):
    flat = jpeg.flat(SIDE, SIDE, [(1, 1)], jpeg.PROGRESSIVE)
    blocks, run = (SIDE // 8) ** 2, bytearray()
    bits = jpeg.Bits()
    while blocks >= 1024:
        count = min(2047, blocks)
        bits.put(0b10, 2)
        bits.put(count - 1024, 10)
        blocks -= count
    bits.put(0, blocks)
    bits.flush()
    run += bits.out
    scans = b"".join(jpeg.scan([0], first, last) + bytes(run) for first, last in ((1, 5), (6, 14), (15, 35), (36, 63)))
    path.write_bytes(flat[:-2] + scans + jpeg.EOI)


@big("megapixels-64/lossy.webp", "lossy WebP, 8000x8000")
def _(path):
    through_ffmpeg(path, "-c:v", "libwebp", "-q:v", "40", "-compression_level", "0")


@big("megapixels-64/lossless.webp", "lossless WebP, 8000x8000")
def _(path):
    through_ffmpeg(path, "-c:v", "libwebp", "-lossless", "1", "-compression_level", "0", "-pix_fmt", "bgra")


@big("megapixels-64/gray-1.bmp", "BMP, 1 bit, 8000x8000")
def _(path):
    path.write_bytes(bmp.indexed(SIDE, SIDE, 1))


@big("video-100mb-10s.mp4", "MP4 of 10 s, 1080p, a little under 100 MB")
def _(path):
    data = tools.ffmpeg("-f", "lavfi", "-i", "testsrc2=s=1920x1080:r=30:d=10,noise=alls=40:allf=t:all_seed=7",
                        "-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p", "-b:v", "76M", "-minrate",
                        "76M", "-maxrate", "76M", "-bufsize", "76M", "-x264-params", "nal-hrd=cbr", to="mp4")
    if not 80 * MB < len(data) < 100 * MB:
        raise ValueError(f"{len(data)} bytes are not a little under 100 MB")
    path.write_bytes(data)


@big("bombs/ztxt-400mb.png", "PNG whose zTXt chunk inflates to 400 MB")
def _(path):
    packer = zlib.compressobj(9)
    blank = bytes(MB)
    text = b"".join([*(packer.compress(blank) for _ in range(400)), packer.flush()])
    path.write_bytes(png.rgb(640, 360, before=[png.chunk(b"zTXt", b"Comment\0\0" + text)]))


@big("bombs/icc-400mb.png", "PNG whose ICC profile inflates to 400 MB")
def _(path):
    packer = zlib.compressobj(9)
    blank = bytes(MB)
    text = b"".join([*(packer.compress(blank) for _ in range(400)), packer.flush()])
    path.write_bytes(png.rgb(640, 360, before=[png.chunk(b"iCCP", b"x\0\0" + text)]))


@big("bombs/200000-boxes.mp4", "MP4 with 200 000 empty boxes before a whole movie")
def _(path):
    base = movies.moving("426x240", 3, 10, "mp4")
    path.write_bytes(boxes.edited(base, boxes.insert_after(b"ftyp", *[boxes.Box(b"free")] * 200_000)))


@big("bombs/200000-chunks.wav", "WAV with 200 000 empty chunks before its data")
def _(path):
    data = wav.chunk(b"data", wav.samples(20000, 8000, 1, 8))
    path.write_bytes(wav.file(wav.format_chunk(1, 1, 8000, 8), wav.chunk(b"junk", b"") * 200_000, data))


@big("bombs/200000-chunks.png", "PNG with 200 000 empty text chunks")
def _(path):
    path.write_bytes(png.rgb(640, 360, before=[png.chunk(b"prVt")] * 200_000))


@big("bombs/5000000-blocks.mp3", "nothing but sync words, 20 MB")
def _(path):
    path.write_bytes(b"\xff\xfb\x90\xc0" * 5_000_000)


def media(folder):
    """The media that the big jobs name."""
    here = pathlib.Path(__file__).resolve().parent.parent / "jobs" / "media"
    (folder / "media").mkdir(exist_ok=True)
    for file in sorted(here.iterdir()):
        if not file.name.endswith(".golden.json"):
            shutil.copyfile(file, folder / "media" / file.name)


@big("jobs/prompt-10mb.json", "a job with a prompt of 10 MB")
def _(path):
    media(path.parent)
    path.write_text(json.dumps({"start_image_url": "media/start.png", "prompt": "word " * 2_000_000}) + "\n")


@big("jobs/20000.jsonl", "20 000 jobs of a few media, every 100th of them wrong")
def _(path):
    media(path.parent)
    kinds = [{"start_image_url": "media/start.png"},
             {"start_image_url": "media/start.png", "end_image_url": "media/end.png"},
             {"video_url": "media/clip.mp4", "duration": 8},
             {"start_image_url": "media/start.png", "audio_url": "media/voice.mp3"}]
    with open(path, "w", encoding="utf-8") as file:
        for number in range(20_000):
            body = {**kinds[number % len(kinds)], "prompt": f"Shot {number}.", "seed": number}
            if number % 100 == 99:
                body["seed"] = -1
            file.write(json.dumps({"id": f"shot-{number}", "job": body}) + "\n")
