"""The results of a run, as the command reports them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal, Mapping, Optional, Tuple

Verdict = Literal["valid", "inconclusive", "invalid"]
Severity = Literal["error", "warning", "note"]
Record = Mapping[str, Any]


class VerdictError(ValueError):
    """A result that is not valid. ``result`` is that result."""

    def __init__(self, result: Result) -> None:
        reasons = [f"{finding.message} [{finding.rule}]" for finding in result.errors]
        super().__init__(f"{result.input} is {result.verdict}: " + "; ".join(reasons))
        self.result = result


@dataclass(frozen=True)
class Fix:
    """A repair of one finding. ``text`` is a command, an edit or advice, as ``kind`` states."""

    kind: Literal["command", "edit", "advice"]
    text: str
    program: Optional[Literal["ffmpeg", "imagemagick", "jpegtran"]]
    writes: Optional[str]
    applicability: Literal["lossless", "lossy", "changes-content"]


@dataclass(frozen=True)
class Finding:
    """One broken rule at one place. Code relies on ``rule``, ``limit`` and ``actual``; ``message`` is for people."""

    rule: str
    severity: Severity
    effect: Literal["violation", "unproved"]
    message: str
    role: Optional[str]
    pointer: Optional[str]
    file: Optional[str]
    line: Optional[int]
    column: Optional[int]
    limit: Optional[Record]
    actual: Optional[Record]
    readings: Tuple[Record, ...]
    fix: Optional[Fix]
    suppressed: bool = False


@dataclass(frozen=True)
class Asset:
    """One media file. ``facts`` is what its bytes proved; ``delivery`` is how it was fetched."""

    role: Optional[str]
    location: str
    location_id: str
    verdict: Verdict
    facts: Optional[Record]
    delivery: Optional[Record]


@dataclass(frozen=True)
class Result:
    """The result of one asset or one job. ``raw`` is the element of ``results`` in the JSON report."""

    input: str
    index: int
    kind: Literal["job", "asset"]
    id: Optional[str]
    mode: Optional[str]
    verdict: Verdict
    submittable: bool
    not_submittable_because: Tuple[str, ...]
    assets: Tuple[Asset, ...]
    findings: Tuple[Finding, ...]
    raw: Record = field(repr=False, compare=False)

    @property
    def valid(self) -> bool:
        return self.verdict == "valid"

    @property
    def errors(self) -> Tuple[Finding, ...]:
        """The findings that decide the verdict."""
        return tuple(finding for finding in self.findings if finding.severity == "error")

    def raise_for_verdict(self) -> Result:
        """Raises ``VerdictError`` unless the verdict is ``valid``; returns the result itself otherwise."""
        if not self.valid:
            raise VerdictError(self)
        return self


def result(record: Record) -> Result:
    return Result(
        input=record["input"],
        index=record["index"],
        kind=record["kind"],
        id=record["id"],
        mode=record["mode"],
        verdict=record["verdict"],
        submittable=record["submittable"],
        not_submittable_because=tuple(record["not_submittable_because"]),
        assets=tuple(_asset(asset) for asset in record["assets"]),
        findings=tuple(_finding(finding) for finding in record["findings"]),
        raw=record,
    )


def _asset(record: Record) -> Asset:
    return Asset(
        role=record["role"],
        location=record["location"],
        location_id=record["location_id"],
        verdict=record["verdict"],
        facts=record["facts"],
        delivery=record["delivery"],
    )


def _finding(record: Record) -> Finding:
    fix = record["fix"]
    return Finding(
        rule=record["rule"],
        severity=record["severity"],
        effect=record["effect"],
        message=record["message"],
        role=record["role"],
        pointer=record["pointer"],
        file=record["file"],
        line=record["line"],
        column=record["column"],
        limit=record["limit"],
        actual=record["actual"],
        readings=tuple(record["readings"]),
        fix=fix
        and Fix(
            kind=fix["kind"],
            text=fix["text"],
            program=fix["program"],
            writes=fix["writes"],
            applicability=fix["applicability"],
        ),
        suppressed=record.get("suppressed", False),
    )
