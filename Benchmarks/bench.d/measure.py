"""Runs programs and measures their cost."""

import dataclasses
import os
import statistics
import subprocess
import sys
import time

# ru_maxrss counts KiB on Linux and bytes on macOS.
RSS_UNIT = 1 if sys.platform == "darwin" else 1024


class ContenderFailed(Exception):
    """A measured program did not do its work, so its figures are meaningless."""


@dataclasses.dataclass(frozen=True)
class Cost:
    """What one process cost: seconds on the wall, seconds of processor time, bytes of memory at its peak."""

    wall: float
    processor: float
    peak: int


@dataclasses.dataclass(frozen=True)
class Contender:
    """A program to measure; `statuses` are the exit codes of a successful run."""

    name: str
    command: list
    statuses: tuple = (0,)

    def run(self, output=subprocess.DEVNULL):
        # The driver must stay small, because a child's peak begins with the memory of its parent.
        started = time.perf_counter()
        process = subprocess.Popen(
            self.command, stdin=subprocess.DEVNULL, stdout=output, stderr=subprocess.DEVNULL)
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.perf_counter() - started
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode not in self.statuses:
            command = " ".join(self.command[:6])
            raise ContenderFailed(f"{self.name} ended with status {process.returncode}: {command} ...")
        return Cost(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss * RSS_UNIT)


def alternate(contenders, rounds):
    """Runs all in turn, `rounds` times, after one round that only warms the caches; the costs by name.

    Every round begins with another contender, so that none always follows the same one.
    """
    for contender in contenders:
        contender.run()
    costs = {contender.name: [] for contender in contenders}
    for number in range(rounds):
        first = number % len(contenders)
        for contender in contenders[first:] + contenders[:first]:
            costs[contender.name].append(contender.run())
    return costs


def ratio(costs, others, of=lambda cost: cost.wall):
    """How many times as much the others cost: the median over the rounds, each compared within itself."""
    return statistics.median(of(other) / of(cost) for cost, other in zip(costs, others))


def median(costs, of=lambda cost: cost.wall):
    return statistics.median(map(of, costs))
