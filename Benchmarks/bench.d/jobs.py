"""Long lists of jobs: memory must not grow with their number, and results must stay in order."""

import itertools
import json
import pathlib
import tempfile

from measure import Contender, ContenderFailed
from registry import benchmark
import table

MOST = 150 * table.MB


@benchmark("jobs", "20 000 job lines")
def jobs(bench):
    path = bench.inputs.big("jobs/20000.jsonl")
    rows = []
    counts = [2_000] if bench.quick else [2_000, 20_000]
    for count in counts:
        with tempfile.TemporaryDirectory(prefix="bench-") as folder:
            lines = pathlib.Path(folder, "jobs.jsonl")
            with open(path, "rb") as source, open(lines, "wb") as target:
                target.writelines(itertools.islice(source, count))
            command = bench.wan_check("--depth", "header", "--format", "jsonl", "--allow-paths", lines)
            # The media are beside the original.
            pathlib.Path(folder, "media").symlink_to(path.parent / "media")
            with open(pathlib.Path(folder, "report"), "w+b") as report:
                cost = Contender("wan-check", command, statuses=(1,)).run(report)
                report.seek(0)
                in_order, seen = order(report)
        if seen != count:
            raise ContenderFailed(f"{seen} results for {count} jobs")
        rows += [
            table.memory(f"memory for {count} job lines at depth header", cost.peak, MOST),
            table.truth(f"results of {count} job lines in their order", in_order),
            table.fact(f"{count} job lines on this machine", f"{count / cost.wall:.0f} a second"),
        ]
    return rows


def order(report):
    """Whether the indices of the results rise one by one, and how many results there are."""
    holds, seen = True, 0
    for line in report:
        result = json.loads(line)
        if "summary" in result:
            break
        holds = holds and result["index"] == seen and result["id"] == f"shot-{seen}"
        seen += 1
    return holds, seen
