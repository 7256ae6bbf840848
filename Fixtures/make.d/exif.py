"""EXIF blocks that state the orientation of an image."""

import struct


def orientation(value, order="big", extra=b""):
    """A TIFF structure with one entry, the orientation; `order` of bytes is `big` or `little`."""
    mark, sign = (b"MM", ">") if order == "big" else (b"II", "<")
    head = mark + struct.pack(sign + "HI", 42, 8)
    entry = struct.pack(sign + "HHIHH", 0x0112, 3, 1, value, 0)
    return head + struct.pack(sign + "H", 1) + entry + struct.pack(sign + "I", 0) + extra
