"""Decodes each image that is named on the command line with Pillow, one after the other."""

import sys

from PIL import Image

for path in sys.argv[1:]:
    Image.open(path).load()
