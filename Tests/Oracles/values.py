"""Numbers that readers disagree about, and the operations of every grammar on a list of parts."""

import struct

ODD = [0, 1, 2, 7, 8, 0x7F, 0x80, 0xFF, 0x100, 0x7FFF, 0x8000, 0xFFFF, 0x10000, 0x7FFFFFFF, 0x80000000, 0xFFFFFFFF]
#: Seconds inside and outside the limits of audio (2 to 30) and video (2 to 10).
SECONDS = [0, 0.04, 0.5, 1, 5, 12, 40, 300, 100_000]
#: Sides inside and outside the limits of images (240 to 8000) and video (240 to 4096).
SIDES = [0, 1, 16, 100, 239, 640, 4097, 8001, 8192, 16384, 65535]


def fit(value, size):
    """`value` as an unsigned number of `size` bytes."""
    return int(value) & ((1 << (8 * size)) - 1)


def odd(chance, now, size=4):
    """A number that a field of `size` bytes with the value `now` could be changed to."""
    near = [now + 1, now - 1, now + 2, now - 2, now + 8, now - 8, now * 2, now // 2, now * 10, now // 10]
    return fit(chance.choice(near if chance.random() < 0.5 else ODD), size)


def put(data, at, layout, *values):
    """`data` with numbers written at `at`; unchanged if they do not fit."""
    if at < 0 or at + struct.calcsize(layout) > len(data):
        return data
    changed = bytearray(data)
    try:
        struct.pack_into(layout, changed, at, *values)
    except struct.error:
        return data
    return bytes(changed)


def shuffle_parts(parts, chance, label):
    """Deletes, duplicates or moves one of `parts` in place; returns what was done, or None."""
    if not parts:
        return None
    at = chance.randrange(len(parts))
    name = label(parts[at])
    kind = chance.choice(["delete", "duplicate", "duplicate last", "move"])
    if kind == "delete":
        del parts[at]
    elif kind == "duplicate":
        parts.insert(at, parts[at])
    elif kind == "duplicate last":
        parts.append(parts[at])
    else:
        parts.insert(chance.randrange(len(parts)), parts.pop(at))
    return f"{kind} {name}"


def apply(operations, chance, state):
    """One to three of the weighted `operations` on `state`; returns what was done, in order."""
    done = []
    wanted = chance.choice([1, 1, 1, 1, 2, 2, 3])
    names, weights = zip(*operations)
    for _ in range(40):
        if len(done) == wanted:
            break
        said = chance.choices(names, weights)[0](state, chance)
        if said:
            done.append(said)
    return done
