"""The list of benchmarks, and the argument of each."""

import dataclasses
import pathlib
import typing

import inputs

BENCHMARKS = []


@dataclasses.dataclass(frozen=True)
class Bench:
    """The argument of a benchmark."""

    binary: pathlib.Path
    inputs: "inputs.Inputs"
    quick: bool

    @property
    def workers(self):
        """The folder of the worker programs; the command finds them there, too."""
        beside = self.binary.parent
        installed = beside.parent / "libexec" / "wan-check"
        return installed if (installed / "wan-check-probe-images").exists() else beside

    def wan_check(self, *arguments):
        return [str(self.binary), "check", *map(str, arguments)]


@dataclasses.dataclass(frozen=True)
class Benchmark:
    """A function that measures and returns rows for the table."""

    name: str
    what: str
    measure: typing.Callable


def benchmark(name, what):
    """Lists the function below it."""
    def decorate(function):
        BENCHMARKS.append(Benchmark(name, what, function))
        return function
    return decorate
