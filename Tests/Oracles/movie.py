"""Mutants of MP4 and MOV files, by their grammar of boxes."""

import copy
import struct

from bmff import CONTAINERS, PREFIXES, Box, every, name, parse, repair, scale, timescale, walk
from values import ODD, SECONDS, SIDES, apply, fit, odd

# The fields that may be changed, by box: (name, offset in version 0, offset in version 1, layout, what it counts).
FIELDS = {
    b"mvhd": [
        ("timescale", 12, 20, "I", "scale"),
        ("duration", 16, 24, "IQ", "time"),
        ("version", 0, 0, "B", "odd"),
        ("rate", 20, 32, "I", "odd"),
        ("next id", 96, 108, "I", "odd"),
    ],
    b"tkhd": [
        ("flags", 0, 0, "I", "flags"),
        ("id", 12, 20, "I", "odd"),
        ("duration", 20, 28, "IQ", "time"),
        ("width", 76, 88, "I", "side16"),
        ("height", 80, 92, "I", "side16"),
        ("matrix", 40, 52, "I", "odd"),
        ("matrix b", 44, 56, "I", "odd"),
        ("version", 0, 0, "B", "odd"),
    ],
    b"mdhd": [
        ("timescale", 12, 20, "I", "scale"),
        ("duration", 16, 24, "IQ", "time"),
        ("version", 0, 0, "B", "odd"),
        ("language", 20, 32, "H", "odd"),
    ],
    b"hdlr": [("handler", 8, 8, "I", "handler"), ("component", 4, 4, "I", "handler")],
    b"elst": [
        ("count", 4, 4, "I", "count"),
        ("duration", 8, 8, "IQ", "time"),
        ("media time", 12, 16, "IQ", "time"),
        ("rate", 16, 24, "I", "odd"),
    ],
    b"stts": [("count", 4, 4, "I", "count"), ("samples", 8, 8, "I", "odd"), ("delta", 12, 12, "I", "time")],
    b"ctts": [("count", 4, 4, "I", "count"), ("samples", 8, 8, "I", "odd"), ("offset", 12, 12, "I", "time")],
    b"stsz": [("size", 4, 4, "I", "odd"), ("count", 8, 8, "I", "count"), ("entry", 12, 12, "I", "odd")],
    b"stsc": [
        ("count", 4, 4, "I", "count"),
        ("first", 8, 8, "I", "odd"),
        ("samples", 12, 12, "I", "odd"),
        ("description", 16, 16, "I", "odd"),
    ],
    b"stco": [("count", 4, 4, "I", "count"), ("entry", 8, 8, "I", "odd")],
    b"co64": [("count", 4, 4, "I", "count"), ("entry", 8, 8, "Q", "odd")],
    b"stss": [("count", 4, 4, "I", "count"), ("entry", 8, 8, "I", "odd")],
    b"stsd": [("count", 4, 4, "I", "count")],
    b"dref": [("count", 4, 4, "I", "count")],
    b"tfdt": [("time", 4, 4, "IQ", "time")],
    b"tfhd": [("flags", 0, 0, "I", "flags"), ("id", 4, 4, "I", "odd"), ("second", 8, 8, "I", "time")],
    b"trun": [
        ("flags", 0, 0, "I", "flags"),
        ("count", 4, 4, "I", "count"),
        ("third", 12, 12, "I", "time"),
        ("fourth", 16, 16, "I", "time"),
    ],
    b"trex": [("id", 4, 4, "I", "odd"), ("description", 8, 8, "I", "odd"), ("duration", 12, 12, "I", "time")],
    b"mehd": [("duration", 4, 4, "IQ", "time")],
    b"sidx": [
        ("timescale", 8, 8, "I", "scale"),
        ("earliest", 12, 12, "IQ", "time"),
        ("references", 22, 30, "H", "odd"),
        ("duration", 28, 36, "I", "time"),
    ],
    b"pasp": [("h", 0, 0, "I", "odd"), ("v", 4, 4, "I", "odd")],
    b"mfhd": [("sequence", 4, 4, "I", "odd")],
    b"ftyp": [("brand", 0, 0, "I", "brand"), ("version", 4, 4, "I", "odd")],
    b"mp4a": [
        ("version", 8, 8, "H", "odd"),
        ("channels", 16, 16, "H", "odd"),
        ("rate", 24, 24, "H", "odd"),
        ("reference", 6, 6, "H", "odd"),
    ],
    **dict.fromkeys(
        [b"avc1", b"hvc1", b"hev1"],
        [
            ("width", 24, 24, "H", "side"),
            ("height", 26, 26, "H", "side"),
            ("reference", 6, 6, "H", "odd"),
            ("depth", 74, 74, "H", "odd"),
            ("frames", 40, 40, "H", "odd"),
        ],
    ),
    b"avcC": [
        ("profile", 1, 1, "B", "odd"),
        ("level", 3, 3, "B", "odd"),
        ("length size", 4, 4, "B", "odd"),
        ("sets", 5, 5, "B", "odd"),
    ],
}
WEIGHT = {
    b"tfdt": 3,
    b"elst": 3,
    b"stts": 3,
    b"ctts": 3,
    b"sidx": 3,
    b"hdlr": 3,
    b"tkhd": 2,
    b"mdhd": 2,
    b"mvhd": 2,
    b"trun": 2,
}


def pick(boxes, chance, *kinds):
    found = every(boxes, *kinds)
    return chance.choice(found) if found else None


def change_field(boxes, chance):
    found = every(boxes, *FIELDS)
    if not found:
        return None
    box = chance.choices(found, [WEIGHT.get(box.kind, 1) for box in found])[0]
    label, first, second, layout, meaning = chance.choice(FIELDS[box.kind])
    one = box.payload[:1] == b"\1"
    at, layout = (second, layout[-1]) if one else (first, layout[0])
    if meaning == "time" and box.kind in (b"stts", b"ctts", b"elst", b"trun", b"sidx") and chance.random() < 0.3:
        step = {b"stts": 8, b"ctts": 8, b"elst": 20 if one else 12, b"trun": 4, b"sidx": 12}[box.kind]
        at += step * chance.randrange(max(1, (len(box.payload) - at) // step))
    length = struct.calcsize(layout)
    if at + length > len(box.payload):
        return None
    now = struct.unpack_from(">" + layout, box.payload, at)[0]
    if meaning == "time" and chance.random() < 0.8:
        value = scale(boxes, box) * chance.choice(SECONDS)
        if chance.random() < 0.1:
            value = -value
    elif meaning == "scale":
        value = chance.choice([0, 1, now * 2, now // 2, now * 20, now // 20, 90000, 0x7FFFFFFF, 0xFFFFFFFF])
    elif meaning in ("side", "side16"):
        value = chance.choice(SIDES) << (16 if meaning == "side16" else 0)
    elif meaning == "flags":
        value = now ^ (1 << chance.choice(range(20)))
    elif meaning == "count":
        value = chance.choice([0, 1, now + 1, max(0, now - 1), now * 2, 10, 1000, 0xFFFFFFFF])
    elif meaning == "handler":
        value = int.from_bytes(
            chance.choice([b"vide", b"soun", b"text", b"tmcd", b"hint", b"meta", b"mdir", b"dhlr", bytes(4), b"sbtl"]), "big"
        )
    elif meaning == "brand":
        value = int.from_bytes(chance.choice([b"isom", b"qt  ", b"M4A ", b"avif", b"heic", b"3gp4", bytes(4), b"XXXX"]), "big")
    else:
        value = odd(chance, now, length)
    value = fit(value, length)
    if value == now:
        return None
    box.set(at, layout, value)
    return f"{name(box.kind)}.{label}"


def any_box(boxes, chance):
    found = [(box, parent, path) for box, parent, path in walk(boxes)]
    return chance.choice(found) if found else (None, None, None)


def structure(boxes, chance):
    """Deletes, duplicates, moves, renames or wraps a box."""
    box, parent, path = any_box(boxes, chance)
    if box is None:
        return None
    at = next(index for index, other in enumerate(parent) if other is box)
    kind = chance.choice(
        ["delete", "duplicate", "duplicate first", "move", "elsewhere", "in udta", "in free", "rename", "empty"]
    )
    if kind == "delete":
        del parent[at]
    elif kind.startswith("duplicate"):
        parent.insert(0 if kind.endswith("first") else chance.randint(at, len(parent)), copy.deepcopy(box))
    elif kind == "move":
        parent.insert(chance.randrange(len(parent)), parent.pop(at))
    elif kind == "elsewhere":
        lists = [boxes] + [other.inside for other, _, _ in walk(boxes) if other.inside is not None]
        target = chance.choice(lists)
        target.insert(chance.randint(0, len(target)), copy.deepcopy(box))
    elif kind in ("in udta", "in free"):
        parent[at] = Box(kind[3:].encode(), b"", [box])
    elif kind == "rename":
        box.kind = chance.choice([b"free", b"skip", b"wide", b"uuid", b"xxxx", *FIELDS, *CONTAINERS])
        return f"rename {name(path[-1]) if path else 'top'}/… to {name(box.kind)}"
    else:
        box.payload, box.inside = b"", [] if box.inside is not None else None
    return f"{kind} {name(box.kind)}"


def resize(boxes, chance):
    box, _, _ = any_box(boxes, chance)
    if box is None:
        return None
    now = len(box.bytes())
    box.size = chance.choice([0, 1, 7, 8, now + 1, now - 1, now + 8, now - 8, now + 1000, now // 2, 0x7FFFFFFF, 0xFFFFFFFF])
    if chance.random() < 0.2:
        box.wide, box.size = True, None
    return f"resize {name(box.kind)}" + (" wide" if box.wide else " to end" if box.size == 0 else "")


def stretch(boxes, chance):
    """Other sample times of a whole track: it plays longer or shorter than headers state, or the reverse."""
    track = pick(boxes, chance, b"trak")
    if track is None:
        return None
    factor = chance.choice([0.1, 0.5, 4, 20, 100])
    which = chance.choice(["played", "headers", "all"])
    if which != "headers":
        for box in every([track], b"stts"):
            for entry in range(min(box.u32(4), (len(box.payload) - 8) // 8)):
                box.set(12 + 8 * entry, "I", fit(box.u32(12 + 8 * entry) * factor, 4))
    if which != "played":
        for box in every([track], b"mdhd", b"tkhd", b"elst") + every(boxes, b"mvhd"):
            at = {b"mdhd": 16, b"mvhd": 16, b"tkhd": 20, b"elst": 8}[box.kind]
            if box.payload[:1] == b"\0" and len(box.payload) >= at + 4:
                box.set(at, "I", fit(box.u32(at) * factor, 4))
    return f"stretch {which}"


def edit(boxes, chance):
    """A new edit list in a track."""
    track = pick(boxes, chance, b"trak")
    if track is None or track.inside is None:
        return None
    movie, media = timescale(every(boxes, b"mvhd")), timescale(every([track], b"mdhd"))
    entries = []
    for _ in range(chance.choice([1, 1, 2, 3, 10])):
        entries.append(
            (
                fit(movie * chance.choice([0, 1, 3, 40, 300]), 4),
                fit(chance.choice([-1, 0, 0, media, 2 * media, 40 * media]), 4),
                chance.choice([0x10000, 0x10000, 0x10000, 0, 0x8000, 0x20000]),
            )
        )
    count = chance.choice([len(entries), len(entries), 1, 0, len(entries) + 1])
    body = bytes(4) + struct.pack(">I", count) + b"".join(struct.pack(">III", *entry) for entry in entries)
    if chance.random() < 0.7:
        track.inside[:] = [box for box in track.inside if box.kind != b"edts"]
    track.inside.insert(chance.choice([1, len(track.inside)]), Box(b"edts", b"", [Box(b"elst", body)]))
    return "new elst"


def another_track(boxes, chance):
    """A copy of a track with one thing changed: a hidden, empty, disabled, longer or larger one."""
    movie = pick(boxes, chance, b"moov")
    track = pick(boxes, chance, b"trak")
    if movie is None or track is None or movie.inside is None:
        return None
    new = copy.deepcopy(track)
    said = []
    for _ in range(chance.choice([1, 1, 2, 3])):
        kind = chance.choice(
            ["disabled", "handler", "size", "long", "empty", "same id", "entry", "no media header", "no handler"]
        )
        said.append(kind)
        for box, parent, _ in list(walk([new])):
            if kind == "disabled" and box.kind == b"tkhd":
                box.set(3, "B", 0)
            elif kind == "handler" and box.kind == b"hdlr":
                box.set(8, "4s", chance.choice([b"vide", b"soun", b"text", b"xxxx", bytes(4)]))
            elif kind == "size" and box.kind in (b"avc1", b"hvc1", b"hev1"):
                box.set(24, "HH", chance.choice(SIDES), chance.choice(SIDES))
            elif kind == "size" and box.kind == b"tkhd":
                box.set(76, "II", chance.choice(SIDES) << 16, chance.choice(SIDES) << 16)
            elif kind == "long" and box.kind == b"stts":
                box.set(12, "I", fit(box.u32(12) * chance.choice([14, 100]), 4))
            elif kind == "long" and box.kind == b"mdhd":
                box.set(16, "I", fit(box.u32(16) * 14, 4))
            elif kind == "empty" and box.kind in (b"stts", b"stsz", b"stsc", b"stco", b"co64"):
                box.payload = bytes(12 if box.kind == b"stsz" else 8)
            elif kind == "entry" and box.kind in PREFIXES and box.kind not in (b"stsd", b"dref", b"meta"):
                box.kind = chance.choice([b"avc1", b"hvc1", b"mp4a", b"twos", b"xxxx", b"jpeg", b"tmcd", b"encv", b"text"])
            elif kind == "no media header" and box.kind == b"mdhd" or kind == "no handler" and box.kind == b"hdlr":
                parent[:] = [other for other in parent if other is not box]
    if "same id" not in said:
        for box in every([new], b"tkhd"):
            box.set(12, "I", 77)
    at = [index for index, box in enumerate(movie.inside) if box.kind == b"trak"]
    movie.inside.insert(chance.choice([at[0], at[-1] + 1]) if at else len(movie.inside), new)
    return "add trak " + "+".join(sorted(set(said)))


def insert(boxes, chance):
    """Adds a box that changes how the others are read."""
    targets = {
        box.kind: box
        for box in every(boxes, b"trak", b"mdia", b"stbl", b"moov", b"mvex", b"avc1", b"hvc1", b"hev1", b"stsd", b"udta")
    }
    unit = timescale(every(boxes, b"mdhd"))
    seconds = chance.choice(SECONDS)
    options = [
        (b"avc1", Box(b"pasp", struct.pack(">II", chance.choice(ODD), chance.choice(ODD)))),
        (b"hvc1", Box(b"pasp", struct.pack(">II", chance.choice(ODD), chance.choice(ODD)))),
        (b"avc1", Box(b"clap", struct.pack(">IIIIIIII", chance.choice(SIDES), 1, chance.choice(SIDES), 1, 0, 1, 0, 1))),
        (
            b"mdia",
            Box(b"hdlr", struct.pack(">I4s4s", 0, bytes(4), chance.choice([b"vide", b"soun", b"text", bytes(4)])) + bytes(13)),
        ),
        (
            b"trak",
            Box(
                b"tref",
                b"",
                [
                    Box(
                        chance.choice([b"chap", b"tmcd", b"hint", b"cdsc", b"sync"]),
                        struct.pack(">I", chance.choice([1, 2, 3, 77])),
                    )
                ],
            ),
        ),
        (
            b"stbl",
            Box(
                b"ctts",
                struct.pack(
                    ">IIII", chance.choice([0, 1 << 24]), 1, chance.choice([1, 30, 90, 10_000]), fit(unit * seconds, 4)
                ),
            ),
        ),
        (b"stbl", Box(b"stts", struct.pack(">IIII", 0, 1, chance.choice([30, 90, 10_000]), fit(unit * seconds / 30, 4)))),
        (
            b"moov",
            Box(
                b"mvex",
                b"",
                [
                    Box(b"mehd", struct.pack(">II", 0, fit(unit * seconds, 4))),
                    Box(b"trex", struct.pack(">IIIIII", 0, 1, 1, 0, 0, 0)),
                ],
            ),
        ),
        (b"mvex", Box(b"mehd", struct.pack(">II", 0, fit(unit * seconds, 4)))),
        (b"moov", Box(b"udta", bytes(4))),
        (b"moov", Box(b"mvhd", every(boxes, b"mvhd")[0].payload if every(boxes, b"mvhd") else bytes(100))),
        (b"moov", Box(b"cmov", bytes(16))),
        (b"trak", Box(b"free", bytes(chance.choice([0, 1, 64])))),
    ]
    kinds = [(target, new) for target, new in options if target in targets]
    if chance.random() < 0.2 or not kinds:
        references = struct.pack(">III", 100, fit(unit * seconds, 4), 0x90000000)
        new = Box(b"sidx", struct.pack(">IIIIIHH", 0, 1, unit, 0, 0, 0, chance.choice([1, 1, 2])) + references)
        boxes.insert(chance.randint(0, len(boxes)), new)
        return "add sidx"
    target, new = chance.choice(kinds)
    inside = targets[target].inside
    if inside is None:
        return None
    inside.insert(chance.choice([0, len(inside)]), new)
    return f"add {name(new.inside[0].kind if new.inside else new.kind)}"


def second_entry(boxes, chance):
    """A second sample entry of another size, used or not."""
    box = pick(boxes, chance, b"stsd")
    if box is None or not box.inside:
        return None
    new = copy.deepcopy(box.inside[0])
    new.set(24, "HH", chance.choice(SIDES), chance.choice(SIDES))
    first = chance.random() < 0.3
    box.inside.insert(0 if first else 1, new)
    if chance.random() < 0.7:
        box.set(4, "I", len(box.inside))
    return f"add {'first' if first else 'second'} entry"


OPERATIONS = [
    (change_field, 40),
    (structure, 20),
    (resize, 5),
    (stretch, 5),
    (edit, 8),
    (another_track, 10),
    (insert, 10),
    (second_entry, 4),
]


def mutate(data, other, chance):
    boxes = parse(data) or []
    tops = [(box.origin, len(box.payload)) for box in boxes if box.kind == b"mdat"]
    if chance.random() < 0.03:
        extra = [box for box in parse(other) or []]
        at = chance.randint(0, len(boxes))
        mixed = [(box, False) for box in boxes]
        mixed[at:at] = [(box, True) for box in chance.sample(extra, min(len(extra), chance.choice([1, 2, 9])))]
        for box, foreign in mixed:
            if foreign:
                box.origin = None
        boxes, done = [box for box, _ in mixed], ["splice boxes"]
    else:
        done = apply(OPERATIONS, chance, boxes)
    if chance.random() < 0.85:
        repair(boxes, tops)
    return b"".join(box.bytes() for box in boxes), done
