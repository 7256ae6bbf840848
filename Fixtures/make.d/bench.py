"""720 images of about a megapixel for benchmarks: gradients with noise, which is as hard to encode as a photograph."""

import concurrent.futures
import pathlib

import png
import tools
from pictures import noise

DISTINCT, EACH = 12, 20
TILE = 1 << 16


def make(folder):
    """Writes 240 JPEG, 240 PNG and 240 WebP; 12 images, each rolled 20 ways so that no two files are equal."""
    folder = pathlib.Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    work = [(picture, turn) for picture in range(DISTINCT) for turn in range(EACH)]
    with concurrent.futures.ThreadPoolExecutor(max_workers=2) as pool:
        total = sum(pool.map(lambda item: _write(folder, *item), work))
    print(f"{len(work) * 3} images, {total} bytes")
    return 0


@tools.once
def picture(number):
    """A picture of its own size: (width, height, RGB rows)."""
    width, height = 1216 - 16 * number, 800 + 24 * number
    grain = bytes(value % 12 for value in noise(TILE, number + 1)) * 2
    rows = []
    for y in range(height):
        row = bytearray(width * 3)
        for channel in range(3):
            start = (y * 7919 + channel * 104729) % TILE
            level = 30 + (y * (channel + 2) // 8 + number * 17) % 90
            row[channel::3] = bytes(
                level + x // 12 % 110 + g for x, g in zip(range(width), grain[start:start + width]))
        rows.append(bytes(row))
    return width, height, rows


def _write(folder, number, turn):
    width, height, rows = picture(number)
    shift = turn * height // EACH
    rows = rows[shift:] + rows[:shift]
    ppm = b"P6 %d %d 255\n" % (width, height) + b"".join(rows)
    quality = str(70 + turn)
    shape = ["-interlace", "plane"] if turn % 4 == 3 else ["-sampling-factor", "2x2"]
    files = {
        "jpg": tools.convert(ppm, "-quality", quality, *shape, to="jpeg"),
        "png": png.image(width, height, 8, png.RGB, png.plain(rows), idat=65536, level=1),
        "webp": tools.convert(ppm, "-quality", quality, "-define", "webp:method=0", to="webp"),
    }
    for ending, data in files.items():
        (folder / f"{number:02}-{turn:02}.{ending}").write_bytes(data)
    return sum(map(len, files.values()))
