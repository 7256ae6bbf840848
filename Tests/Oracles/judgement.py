"""The objections of readers, and whether wan-check reports them."""

import json
import pathlib
import re

#: Readers may differ by so many seconds for the same length: a frame, an encoder's delay.
SLACK = 0.15
SECONDS = {"audio": (2, 30), "video": (2, 10)}
SIDES = {"image": (240, 8000), "video": (240, 4096)}
LARGEST_RATIO = 8
DAMAGE = re.compile(r"-(corrupt|irregular|truncated|limit|format|coding|crashed|no-stream|encrypted|animated)$")
#: The findings that report an objection; a finding of damage reports every one.
TELLS = {
    "seconds": {"audio-duration", "video-duration"},
    "size": {"image-dimensions", "video-dimensions", "image-aspect-ratio", "video-aspect-ratio", "video-pixel-aspect"},
    # A decoder refuses a sample entry of an impossible size; the finding of the size reports it.
    "refused": {
        "audio-codec",
        "video-codec",
        "image-trailing-data",
        "extension-mismatch",
        "video-pixel-aspect",
        "video-dimensions",
    },
}


class Objection:
    """One reader refuses a file, or finds it outside a limit. `what` is short, for grouping; `detail` is the reader's message."""

    def __init__(self, reader, group, what, detail):
        self.reader, self.group, self.what, self.detail = reader, group, what, detail

    @property
    def key(self):
        return f"{self.reader} {self.what}"


def objections(kind, answers):
    """The objections of the readers to a file of `kind`."""
    found = []
    for reader, answer in answers.items():
        if "refused" in answer:
            found.append(Objection(reader, "refused", "refuses", answer["refused"]))
        for name, size in {"": answer.get("size"), **answer.get("sizes", {})}.items():
            if size and kind in SIDES:
                low, high = SIDES[kind]
                if not low <= min(size) <= max(size) <= high:
                    found.append(
                        Objection(
                            reader,
                            "size",
                            "sees a side outside" + (" of another stream" if name not in ("", "stream 0") else ""),
                            f"{name} {size[0]}x{size[1]}".strip(),
                        )
                    )
                elif kind == "image" and max(size) > LARGEST_RATIO * min(size):
                    found.append(Objection(reader, "size", "sees a ratio outside", f"{size[0]}x{size[1]}"))
        for name, value in answer.get("seconds", {}).items():
            if kind in SECONDS and (value is None or not outside(kind, value)):
                continue
            if kind in SECONDS:
                length = "too short" if value < SECONDS[kind][0] else "too long"
                # The audio of a video often ends before its frames do.
                if kind == "video" and name.endswith(" audio") and length == "too short":
                    continue
                place = "format" if name == "format" else name.split()[-1]
                found.append(Objection(reader, "seconds", f"{place} {length}", f"{name} {value:.6g} s"))
    return found


def outside(kind, value, slack=SLACK):
    low, high = SECONDS[kind]
    return not low - slack <= value <= high + slack


def certain(kind, answers):
    """The lengths that libavformat reports and ffmpeg plays, if all are outside the limit: an error, not a warning."""
    if kind not in SECONDS:
        return ""
    said = answers.get("ffprobe", {}).get("seconds", {})
    reported = [value for name, value in said.items() if name == "format" or name.endswith(kind)]
    played = answers.get("ffmpeg", {}).get("seconds", {}).get("played")
    if not reported or played is None or not all(outside(kind, value) for value in [*reported, played]):
        return ""
    return f"reported {', '.join(f'{value:.6g}' for value in reported)} s, played {played:.6g} s"


def told(result, group):
    """Whether a result has a finding, not only a note, that reports an objection."""
    return result["verdict"] != "valid" or any(
        finding["severity"] != "note" and (finding["rule"] in TELLS[group] or DAMAGE.search(finding["rule"]))
        for finding in result["findings"]
    )


def untold(result, kind, answers, usual=(), decoded=None):
    """The objections that a result does not report; `usual` are those that readers have to the source as well.

    `decoded` is the result at that depth: it has the findings that need every frame to be decoded.
    """
    if result["verdict"] != "valid":
        return []
    left = [
        objection for objection in objections(kind, answers) if objection.key not in usual and not told(result, objection.group)
    ]
    if decoded:
        left = [objection for objection in left if not told(decoded, objection.group)]
    if not left and (lengths := certain(kind, answers)):
        left = [Objection("ffprobe and ffmpeg", "certain", "both see a length outside, only a warning", lengths)]
    return left


def kind_of(result, usual):
    """The kind as which wan-check judged an asset: image, audio or video."""
    role = result["assets"][0]["role"] or ""
    return "image" if "image" in role else role or usual


def only_damage(result):
    """Whether a file is invalid for damage alone, not for a limit."""
    rules = {finding["rule"] for finding in result["findings"] if finding["severity"] == "error"}
    return result["verdict"] == "invalid" and all(rule.endswith(("-corrupt", "-truncated")) for rule in rules)


def accepted(kind, answers):
    """Whether every reader accepts a file without a warning."""
    return not objections(kind, answers) and not any("complains" in answer or "late" in answer for answer in answers.values())


def failures(by_depth, depths):
    """The files that ended or stalled a worker, or got no answer."""
    found = [f"no answer at {depth}" for depth in depths if depth not in by_depth]
    for depth, result in by_depth.items():
        for finding in result["findings"]:
            if finding["rule"] == "probe-crashed":
                found.append(f"probe-crashed at {depth}")
            elif finding["rule"] == "probe-limit" and "too long" in finding["message"]:
                found.append(f"too slow at {depth}")
    return found


LIMITS = re.compile(
    r"-(duration|dimensions|aspect-ratio|file-size|format|codec|coding|rotation|encrypted|no-stream|pixel-aspect)$"
    r"|-(orientation|animated|cmyk)$"
)
#: The findings that a shallower depth makes as well as a deeper one.
HEADER_SEES = re.compile(r"-(dimensions|aspect-ratio|file-size)$")


def contradictions(results):
    """The contradictions between depths: {depth: result} of one file."""
    found = []

    def rules(depth, pattern, severities=("error", "warning")):
        return {
            finding["rule"]
            for finding in results[depth]["findings"]
            if finding["severity"] in severities and finding["effect"] == "violation" and pattern.search(finding["rule"])
        }

    def unproved(depth):
        return any(finding["effect"] == "unproved" for finding in results[depth]["findings"]) or any(
            DAMAGE.search(finding["rule"]) for finding in results[depth]["findings"]
        )

    for shallow, deep in [("header", "full"), ("full", "decode")]:
        if shallow not in results or deep not in results:
            continue
        for rule in sorted(rules(shallow, LIMITS) - rules(deep, re.compile(""))):
            if not unproved(deep):
                found.append(f"{rule} at {shallow}, not at {deep}")
        if unproved(shallow) or unproved(deep):
            continue
        pattern = HEADER_SEES if shallow == "header" else LIMITS
        for rule in sorted(rules(deep, pattern, ("error",)) - rules(shallow, re.compile(""))):
            found.append(f"{rule} at {deep}, not at {shallow}")
    return found


class Known:
    """Recorded disagreements: each with patterns for the format, the changes and the objections, and its reason."""

    def __init__(self, path=pathlib.Path(__file__).with_name("known.json")):
        self.entries = json.loads(path.read_text()) if path.exists() else []

    def reason(self, form, changes, kinds):
        """Why these objections to a mutant are expected, or None."""
        text = " + ".join(changes)
        for entry in self.entries:
            if (
                re.fullmatch(entry["format"], form)
                and re.search(entry["changes"], text)
                and all(re.search(entry["objections"], kind) for kind in kinds)
            ):
                return entry["reason"]
        return None
