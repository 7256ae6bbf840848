"""Writes 64 megapixels in the encodings that cost a decoder the most, into the folder on the command line."""

import pathlib
import sys

from PIL import Image

SIDE = 8000
folder = pathlib.Path(sys.argv[1])


def cloud(number):
    """Soft noise: a small field made large, so that no file exceeds the limit of 20 MB."""
    return Image.effect_noise((250 + number, 250 + number), 90).resize((SIDE, SIDE), Image.BICUBIC)


color = Image.merge("RGB", [cloud(number) for number in range(3)])
color.save(folder / "progressive-444.jpg", quality=70, subsampling=0, progressive=True)
color.putalpha(Image.linear_gradient("L").resize((SIDE, SIDE)))
color.save(folder / "lossy-alpha.webp", quality=20, method=1)
color.resize((SIDE // 80, SIDE // 80)).resize((SIDE, SIDE), Image.NEAREST).save(
    folder / "lossless-alpha.webp", lossless=True, quality=1, method=1)
