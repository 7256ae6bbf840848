"""Checks media and jobs for image-to-video APIs before they are sent.

>>> import wan_check
>>> for result in wan_check.check(["photo.png", "jobs.jsonl"]):
...     print(result.input, result.verdict, [finding.message for finding in result.findings])
>>> wan_check.check_job({"prompt": "slow pan", "start_image_url": "https://…"}).raise_for_verdict()

The package runs the command ``wan-check`` that is installed with it. It has no dependency.
"""

from ._checker import Checker, check, check_job
from ._command import CommandError, Options, executable, version
from ._results import Asset, Finding, Fix, Result, VerdictError

__all__ = [
    "Asset",
    "Checker",
    "CommandError",
    "Finding",
    "Fix",
    "Options",
    "Result",
    "VerdictError",
    "check",
    "check_job",
    "executable",
    "version",
]
