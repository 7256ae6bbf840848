"""The cases: mutant N of seed S is the same file on every machine with the same fixtures."""

import hashlib
import json
import math
import pathlib
import random

import bmp
import jpeg
import movie
import mpegaudio
import png
import wav
import webp

FIXTURES = pathlib.Path(__file__).resolve().parent.parent.parent / "Fixtures"
LARGEST = 300_000
WEIGHTS = {"mp4": 5, "mov": 2, "wav": 3, "mp3": 3}


class Format:
    def __init__(self, name, kind, suffix, content_type, grammar, is_one):
        self.name, self.kind, self.suffix, self.content_type, self.grammar, self.is_one = (
            name,
            kind,
            suffix,
            content_type,
            grammar,
            is_one,
        )


FORMATS = [
    Format(
        "mp4",
        "video",
        ".mp4",
        "video/mp4",
        movie,
        lambda data: data[4:8] in (b"ftyp", b"moov", b"mdat", b"free", b"wide", b"moof") and data[8:12] != b"qt  ",
    ),
    Format("mov", "video", ".mov", "video/mp4", movie, lambda data: data[4:12] == b"ftypqt  "),
    Format("wav", "audio", ".wav", "audio/wav", wav, lambda data: data[:4] in (b"RIFF", b"RF64") and data[8:12] == b"WAVE"),
    Format(
        "mp3",
        "audio",
        ".mp3",
        "audio/mpeg",
        mpegaudio,
        lambda data: data[:3] == b"ID3" or data[:8] == b"APETAGEX" or data[:1] == b"\xff" and data[1:2] > b"\xe0",
    ),
    Format("png", "image", ".png", "image/png", png, lambda data: data[:8] == png.SIGNATURE),
    Format("webp", "image", ".webp", "image/webp", webp, lambda data: data[:4] == b"RIFF" and data[8:12] == b"WEBP"),
    Format("bmp", "image", ".bmp", "image/bmp", bmp, lambda data: data[:2] == b"BM"),
    Format("jpeg", "image", ".jpg", "image/jpeg", jpeg, lambda data: data[:3] == b"\xff\xd8\xff"),
]


class Source:
    def __init__(self, path, data, form, silent):
        self.path, self.data, self.format, self.silent = path, data, form, silent
        self.name = str(path.relative_to(FIXTURES))


def sources():
    """The fixtures that have a grammar; `silent` ones are valid without a finding."""
    found = []
    for path in sorted(FIXTURES.rglob("*")):
        if (
            path.suffix in (".json", ".py")
            or not path.is_file()
            or not 32 < path.stat().st_size <= LARGEST
            or "jobs" in path.parts
        ):
            continue
        data = path.read_bytes()
        form = format_of(data)
        if form is None:
            continue
        golden = path.with_name(path.name + ".golden.json")
        silent = "accept" in path.parts
        if golden.exists():
            result = json.loads(golden.read_text())[0]
            silent = result["verdict"] == "valid" and not any(finding["severity"] != "note" for finding in result["findings"])
        found.append(Source(path, data, form, silent))
    return found


def format_of(data):
    """The format whose grammar reads `data`, or None."""
    return next((form for form in FORMATS if form.is_one(data)), None)


class Given:
    """An unchanged file instead of a mutant."""

    def __init__(self, number, path):
        self.data = path.read_bytes()
        self.number, self.changes, self.source, self.format = number, [path.name], None, format_of(self.data)
        self.name = f"{number:06}{path.suffix}"


def given(paths):
    """The files at `paths` and below that have a known format; at most 32 MB each."""
    found = [path for top in paths for path in (sorted(top.rglob("*")) if top.is_dir() else [top])]
    files = [path for path in found if path.is_file() and 0 < path.stat().st_size <= 32 << 20]
    return [case for case in (Given(number, path) for number, path in enumerate(files)) if case.format]


def drawn(word, among):
    """One of the weighted sources. A new fixture changes few of the draws (rendezvous hashing)."""

    def rank(source):
        number = int.from_bytes(hashlib.blake2b(f"{word}:{source.name}".encode(), digest_size=6).digest(), "big")
        return -math.log((number + 1) / (1 << 48)) / (12 if source.silent else 1)

    return min(among, key=rank)


class Case:
    """Mutant `number` of `seed`: its source, its bytes, its changes."""

    def __init__(self, seed, number, among):
        word = f"{seed}:{number}"
        chance = random.Random(word)
        present = [form for form in FORMATS if any(source.format is form for source in among)]
        # Readers disagree about containers more than about images, so containers are drawn more often.
        self.format = chance.choices(present, [WEIGHTS.get(form.name, 2) for form in present])[0]
        self.number, self.seed, self.among, self.chance, self.word = number, seed, among, chance, word
        self.name = f"{number:06}{self.format.suffix}"

    def make(self):
        """Draws the source and changes it; only the format is known before."""
        family = [source for source in self.among if source.format is self.format]
        self.source, other = drawn(self.word, family), drawn(f"{self.word}:other", family)
        data, self.changes = self.format.grammar.mutate(self.source.data, other.data, self.chance)
        self.data = data[: 8 << 20]
        return self
