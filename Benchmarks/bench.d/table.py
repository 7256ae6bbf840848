"""The table of results."""

import dataclasses
import typing

MB = 10**6


@dataclasses.dataclass(frozen=True)
class Row:
    """One figure; `is_met` is None if there is no target."""

    what: str
    figure: str
    target: str = ""
    is_met: typing.Optional[bool] = None
    note: str = ""

    @property
    def is_missed(self):
        return self.is_met is False

    @property
    def outcome(self):
        return {True: "met", False: "MISSED", None: ""}[self.is_met]


def times(what, value, at_least=None, note=""):
    """A row with the speed of wan-check relative to another program."""
    target, is_met = ("", None) if at_least is None else (f">= {at_least:.2f}x", value >= at_least)
    return Row(what, f"{value:.2f}x", target, is_met, note)


def memory(what, peak, at_most=None, note=""):
    """A row with the peak memory of wan-check, in bytes."""
    target, is_met = ("", None) if at_most is None else (f"<= {at_most // MB} MB", peak <= at_most)
    return Row(what, f"{peak / MB:.0f} MB", target, is_met, note)


def at_most(what, value, bound, unit="", per=1, digits=0, note=""):
    """A row whose figure must not be above `bound`; both are shown in multiples of `per`, in `unit`."""
    figure, target = (f"{number / per:.{digits}f}{unit}" for number in (value, bound))
    return Row(what, figure, f"<= {target}", value <= bound, note)


def fact(what, figure, note=""):
    return Row(what, figure, note=note)


def truth(what, holds, note=""):
    return Row(what, "yes" if holds else "no", "yes", holds, note)


def rendered(rows):
    """The rows as a table in Markdown, which also reads well in a terminal."""
    cells = [("what", "figure", "target", "", "note")]
    cells += [(row.what, row.figure, row.target, row.outcome, row.note) for row in rows]
    widths = [max(3, *(len(line[column]) for line in cells)) for column in range(5)]
    padded = [[cell.ljust(width) for cell, width in zip(line, widths)] for line in cells]
    lines = ["| " + " | ".join(line) + " |" for line in padded]
    lines.insert(1, "|" + "|".join("-" * (width + 2) for width in widths) + "|")
    return "\n".join(lines)
