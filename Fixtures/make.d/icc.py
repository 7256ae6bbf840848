"""A small ICC profile: gray or RGB, version 2, with the tags that such a profile must have."""

import struct


def profile(space=b"RGB "):
    """A display profile of gamma 2.2; `space` is `RGB ` or `GRAY`."""
    def xyz(x, y, z):
        return b"XYZ \0\0\0\0" + struct.pack(">iii", *(round(v * 65536) for v in (x, y, z)))

    def text(kind, value):
        if kind == b"desc":
            ascii_part = struct.pack(">I", len(value) + 1) + value + b"\0"
            return b"desc\0\0\0\0" + ascii_part + bytes(8 + 3 + 67)
        return b"text\0\0\0\0" + value + b"\0"

    curve = b"curv\0\0\0\0" + struct.pack(">IH", 1, 563)
    tags = [(b"desc", text(b"desc", b"fixture")), (b"cprt", text(b"text", b"public domain")),
            (b"wtpt", xyz(0.9642, 1, 0.8249))]
    if space == b"GRAY":
        tags.append((b"kTRC", curve))
    else:
        tags += [(b"rXYZ", xyz(0.4361, 0.2225, 0.0139)), (b"gXYZ", xyz(0.3851, 0.7169, 0.0971)),
                 (b"bXYZ", xyz(0.1431, 0.0606, 0.7141)), (b"rTRC", curve), (b"gTRC", curve), (b"bTRC", curve)]
    table, body = b"", b""
    start = 128 + 4 + 12 * len(tags)
    for name, data in tags:
        table += name + struct.pack(">II", start + len(body), len(data))
        body += data + bytes(-len(data) % 4)
    size = start + len(body)
    head = struct.pack(">I4sI4s4s4s", size, bytes(4), 0x02100000, b"mntr", space, b"XYZ ")
    head += struct.pack(">6H4s", 2026, 1, 1, 0, 0, 0, b"acsp") + bytes(28)
    head += struct.pack(">iii", 63190, 65536, 54061)
    return head.ljust(128, b"\0") + struct.pack(">I", len(tags)) + table + body
