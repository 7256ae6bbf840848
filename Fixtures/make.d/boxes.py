"""ISO base media boxes as a tree that can be taken apart, changed and put together again."""

import struct

CONTAINERS = {b"moov", b"trak", b"mdia", b"minf", b"stbl", b"edts", b"dinf", b"moof", b"traf", b"mvex", b"udta"}


class Box:
    """A box with a payload, or with boxes inside."""

    def __init__(self, kind, payload=b"", inside=None):
        self.kind, self.payload, self.inside = kind, payload, inside

    def bytes(self):
        """The box, header included; with 16 bytes of header if 8 are not enough."""
        body = join(self.inside) if self.inside is not None else self.payload
        if len(body) + 8 >= 1 << 32:
            return struct.pack(">I4sQ", 1, self.kind, len(body) + 16) + body
        return struct.pack(">I4s", len(body) + 8, self.kind) + body

    def find(self, *path):
        """The boxes at `path` below this one."""
        return find(self.inside or [], *path)

    def u32(self, at):
        """The 32-bit number at byte `at` of the payload."""
        return struct.unpack_from(">I", self.payload, at)[0]

    def set(self, at, layout, *values):
        """Overwrites numbers of the payload from byte `at` on."""
        data = bytearray(self.payload)
        struct.pack_into(">" + layout, data, at, *values)
        self.payload = bytes(data)


def parse(data):
    """The boxes of a well-formed file."""
    boxes, at = [], 0
    while at + 8 <= len(data):
        size, kind = struct.unpack_from(">I4s", data, at)
        head = 8
        if size == 1:
            size, head = struct.unpack_from(">Q", data, at + 8)[0], 16
        end = len(data) if size == 0 else at + size
        body = data[at + head:end]
        # QuickTime closes a user data list with 32 zero bits, which are not a box.
        nested = kind in CONTAINERS and not (kind == b"udta" and body.endswith(bytes(4)))
        boxes.append(Box(kind, inside=parse(body)) if nested else Box(kind, body))
        at = end
    return boxes


def join(boxes):
    """The bytes of boxes in a row."""
    return b"".join(box.bytes() for box in boxes)


def find(boxes, *path):
    """All boxes at `path`."""
    for kind in path[:-1]:
        boxes = [inner for box in boxes if box.kind == kind for inner in box.inside or []]
    return [box for box in boxes if box.kind == path[-1]]


def tables(boxes):
    """The sample table box of each track."""
    return find(boxes, b"moov", b"trak", b"mdia", b"minf", b"stbl")


def track(boxes, handler):
    """The first track of a handler type, `vide` or `soun`."""
    return next(trak for trak in find(boxes, b"moov", b"trak")
                if trak.find(b"mdia", b"hdlr")[0].payload[8:12] == handler)


def shift(boxes, distance):
    """Moves every chunk offset, as the media data moved by `distance` bytes."""
    for table in tables(boxes):
        for box in table.find(b"stco"):
            count = box.u32(4)
            offsets = struct.unpack_from(f">{count}I", box.payload, 8)
            box.set(8, f"{count}I", *(offset + distance for offset in offsets))


def edited(data, change):
    """The file after `change` was called with its boxes; chunk offsets follow the media data."""
    boxes = parse(data)
    before = _media_data(boxes)
    change(boxes)
    distance = _media_data(boxes) - before
    if distance:
        shift(boxes, distance)
    return join(boxes)


def _media_data(boxes):
    at = 0
    for box in boxes:
        if box.kind == b"mdat":
            return at
        at += len(box.bytes())
    return at


def insert_after(kind, *new):
    """A change: puts boxes after the first top-level box of a kind."""
    def change(boxes):
        at = next(i for i, box in enumerate(boxes) if box.kind == kind) + 1
        boxes[at:at] = new
    return change


def wide_offsets(boxes):
    """A change: 64-bit chunk offsets; for a moov box at the end, as it grows."""
    for table in tables(boxes):
        for box in table.find(b"stco"):
            count = box.u32(4)
            offsets = struct.unpack_from(f">{count}I", box.payload, 8)
            box.kind, box.payload = b"co64", struct.pack(f">II{count}Q", 0, count, *offsets)


def without_samples(boxes):
    """A change: empties every sample table."""
    for table in tables(boxes):
        table.inside = [table.find(b"stsd")[0], Box(b"stts", bytes(8)), Box(b"stsc", bytes(8)),
                        Box(b"stsz", bytes(12)), Box(b"stco", bytes(8))]


def matrix(degrees):
    """The nine numbers of a matrix that turns clockwise, translation left out."""
    a, b = {0: (1, 0), 90: (0, 1), 180: (-1, 0), 270: (0, -1)}[degrees]
    return [a << 16, b << 16, 0, -b << 16, a << 16, 0, 0, 0, 1 << 30]


def turn(degrees):
    """A change: the video track's matrix (version 0 headers)."""
    def change(boxes):
        track(boxes, b"vide").find(b"tkhd")[0].set(40, "9i", *matrix(degrees))
    return change
