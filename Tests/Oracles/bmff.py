"""MP4 and MOV files as boxes that can be changed."""

import struct

from values import fit, put

CONTAINERS = {
    b"moov",
    b"trak",
    b"mdia",
    b"minf",
    b"stbl",
    b"edts",
    b"dinf",
    b"moof",
    b"traf",
    b"mvex",
    b"udta",
    b"mfra",
    b"tref",
    b"gmhd",
    b"wave",
    b"sinf",
    b"schi",
}
#: Bytes of payload before the boxes inside.
PREFIXES = {
    b"stsd": 8,
    b"dref": 8,
    b"meta": 4,
    **dict.fromkeys([b"avc1", b"avc3", b"hvc1", b"hev1", b"mp4v", b"av01", b"vp09"], 78),
    b"mp4a": 28,
}


class Box:
    """A box; `size` overrides the size in its header, `origin` is the offset of its payload in the source."""

    def __init__(self, kind, payload=b"", inside=None, origin=None):
        self.kind, self.payload, self.inside, self.origin = kind, payload, inside, origin
        self.size = self.wide = None

    def bytes(self):
        body = self.payload + (b"".join(box.bytes() for box in self.inside) if self.inside is not None else b"")
        kind = self.kind[:4]
        if self.wide:
            return struct.pack(">I4sQ", 1, kind, fit(len(body) + 16 if self.size is None else self.size, 8)) + body
        return struct.pack(">I4s", fit(len(body) + 8 if self.size is None else self.size, 4), kind) + body

    def u32(self, at):
        return struct.unpack_from(">I", self.payload, at)[0] if 0 <= at <= len(self.payload) - 4 else 0

    def set(self, at, layout, *values):
        self.payload = put(self.payload, at, ">" + layout, *values)


def parse(data, start=0, nested=0):
    """The boxes of `data`, or None if its bytes are not boxes."""
    boxes, at = [], 0
    while at + 8 <= len(data):
        size, kind = struct.unpack_from(">I4s", data, at)
        head = 8
        if size == 1 and at + 16 <= len(data):
            size, head = struct.unpack_from(">Q", data, at + 8)[0], 16
        end = len(data) if size == 0 else at + size
        if size and size < head or end > len(data):
            if nested:
                return None
            break
        body = data[at + head : end]
        prefix = 0 if kind in CONTAINERS else PREFIXES.get(kind)
        inside = None
        if prefix is not None and len(body) >= prefix and nested < 16:
            inside = parse(body[prefix:], start + at + head + prefix, nested + 1)
        box = Box(kind, body if inside is None else body[:prefix], inside, start + at + head)
        box.wide = head == 16
        boxes.append(box)
        at = end
    if at < len(data) and (nested or not boxes):
        return None
    return boxes


def walk(boxes, path=()):
    """Each box with the list that holds it and its path."""
    for box in boxes:
        yield box, boxes, path
        if box.inside is not None:
            yield from walk(box.inside, (*path, box.kind))


def every(boxes, *kinds):
    return [box for box, _, _ in walk(boxes) if box.kind in kinds]


def name(kind):
    return kind.decode("latin-1").strip() or "?"


def scale(boxes, box):
    """Units per second of the times in `box`: of its track's media, or of the movie."""
    for track in every(boxes, b"trak"):
        if box.kind in (b"tkhd", b"elst"):
            break
        if any(other is box for other, _, _ in walk(track.inside or [])):
            return timescale(every([track], b"mdhd"))
    if box.kind in (b"trun", b"tfdt", b"tfhd", b"trex"):
        return timescale(every(boxes, b"mdhd"))
    return timescale(every(boxes, b"mvhd"))


def timescale(headers):
    return max(1, headers[0].u32(20 if headers[0].payload[:1] == b"\1" else 12)) if headers else 1000


def repair(boxes, source_tops):
    """Makes chunk offsets and run offsets follow their bytes, so that a change is not merely damage."""
    places, at, moofs = {}, 0, []
    for box in boxes:
        head = 16 if box.wide else 8
        if box.origin is not None and box.kind == b"mdat":
            places.setdefault(box.origin, at + head)
        if box.origin is not None and box.kind == b"moof":
            moofs.append((box, at))
        at += len(box.bytes())
    for box in every(boxes, b"stco", b"co64"):
        step, layout = (4, ">I") if box.kind == b"stco" else (8, ">Q")
        for place in range(8, len(box.payload) - step + 1, step):
            value = struct.unpack_from(layout, box.payload, place)[0]
            for origin, length in source_tops:
                if origin <= value < origin + length and origin in places:
                    box.payload = put(box.payload, place, layout, fit(value + places[origin] - origin, step))
    for moof, now in moofs:
        following = [origin for origin, _ in source_tops if origin > moof.origin]
        if not following or following[0] not in places:
            continue
        shift = (places[following[0]] - now) - (following[0] - (moof.origin - 8))
        for run in every([moof], b"trun"):
            if run.u32(0) & 1:
                run.set(8, "I", fit(run.u32(8) + shift, 4))
