"""The memory that the largest files need.

A run that examined nothing would be cheap, so the reports are read, too.
"""

import json
import tempfile

from measure import Contender, ContenderFailed
from registry import benchmark
import table

MB = table.MB
# Rows are decoded and dropped.
IN_ROWS = 120 * MB
# Encodings that need the whole image, one at a time.
WHOLE = 512 * MB

ROWS = ["megapixels-64/rgb.png", "megapixels-64/baseline.jpg", "video-100mb-10s.mp4"]
WHOLES = ["megapixels-64/progressive.jpg", "megapixels-64/lossy.webp", "megapixels-64/lossless.webp"]


def peak(bench, files, *options):
    """The peak of one run over `files`, whose report must state that each was examined to its end."""
    with tempfile.TemporaryFile() as output:
        command = bench.wan_check("--format", "json", *options, *files)
        cost = Contender("wan-check", command, statuses=(0, 1)).run(output)
        output.seek(0)
        report = json.load(output)
    for result in report["results"]:
        unproved = [finding["rule"] for finding in result["findings"] if finding["effect"] == "unproved"]
        if unproved or not result["assets"][0]["facts"].get("sha256"):
            raise ContenderFailed(f"{result['input']} was not examined to its end: {unproved}")
    return cost.peak


@benchmark("memory", "the largest files, one at a time and side by side")
def memory(bench):
    rows = [bench.inputs.big(name) for name in ROWS]
    wholes = [bench.inputs.big(name) for name in WHOLES] + bench.inputs.large_images()
    table_rows = []
    for files, bound in ((rows, IN_ROWS), (wholes, WHOLE)):
        for file in files:
            what = f"memory for {file.parent.name}/{file.name}"
            table_rows.append(table.memory(what, peak(bench, [file]), bound))
    together = peak(bench, rows + wholes, "--jobs", "2")
    table_rows.append(table.memory(
        f"memory for all {len(rows + wholes)} with --jobs 2", together, WHOLE + IN_ROWS,
        "one whole image and one in rows"))
    return table_rows
