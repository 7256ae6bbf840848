"""The speed of checking images, next to common tools."""

import pathlib
import statistics
import subprocess
import sys

from inputs import python_with_pillow
from measure import Contender, alternate, median, ratio
from registry import benchmark
import table

LOOP = pathlib.Path(__file__).with_name("pillow_loop.py")
PACKAGE = pathlib.Path(__file__).resolve().parent.parent


def processor(cost):
    return cost.processor


def chosen_images(bench):
    # They are in the order JPEG, PNG, WebP; 7 shares no factor with 3, so that all formats stay.
    images = bench.inputs.images()
    return images[::7] if bench.quick else images


@benchmark("images-full", "images decoded and digested, next to a loop over Pillow")
def images_full(bench):
    images = chosen_images(bench)
    costs = alternate([
        Contender("wan-check", bench.wan_check("--format", "jsonl", *images)),
        Contender("Pillow", [python_with_pillow(), str(LOOP), *map(str, images)]),
    ], rounds=3 if bench.quick else 5)
    ours, theirs = costs["wan-check"], costs["Pillow"]
    what = f"{len(images)} images at depth full, speed relative to Pillow's open().load()"
    return [
        table.times(what, ratio(ours, theirs), at_least=3),
        table.times("... by processor time, with the SHA-256 that Pillow does not compute",
                    ratio(ours, theirs, processor)),
        table.memory("... memory", max(cost.peak for cost in ours)),
    ]


@benchmark("formats", "one image format at a time, next to a loop over Pillow")
def formats(bench):
    rows = []
    for ending in (".jpg", ".png", ".webp"):
        images = [path for path in chosen_images(bench) if path.suffix == ending]
        costs = alternate([
            Contender("wan-check", bench.wan_check("--format", "jsonl", *images)),
            Contender("Pillow", [python_with_pillow(), str(LOOP), *map(str, images)]),
        ], rounds=3)
        value = ratio(costs["wan-check"], costs["Pillow"])
        rows.append(table.times(f"{len(images)} {ending[1:]} at depth full, speed relative to Pillow", value))
    return rows


@benchmark("images-header", "image headers, next to identify and mediainfo")
def images_header(bench):
    images = list(map(str, chosen_images(bench)))
    form = ["-format", "%m %w %h\n"]
    costs = alternate([
        Contender("wan-check", bench.wan_check("--depth", "header", "--format", "jsonl", *images)),
        Contender("identify", ["identify", *form, *images]),
        Contender("identify -ping", ["identify", "-ping", *form, *images]),
        Contender("mediainfo", ["mediainfo", *images]),
    ], rounds=3 if bench.quick else 7)
    ours = costs.pop("wan-check")
    ratios = {name: ratio(ours, theirs) for name, theirs in costs.items()}
    target = min(("identify", "identify -ping"), key=ratios.get)
    what = f"{len(images)} images at depth header, speed relative to "
    return [
        table.times(what + name, value, at_least=1 if name in (target, "mediainfo") else None)
        for name, value in ratios.items()
    ]


@benchmark("one-image", "one image of a megapixel, whole process, next to ffprobe")
def one_image(bench):
    image = str(bench.inputs.small("megapixel.jpg"))
    costs = alternate([
        Contender("wan-check", bench.wan_check(image)),
        Contender("ffprobe", ["ffprobe", "-v", "error", "-show_format", "-show_streams", image]),
        Contender("identify", ["identify", image]),
    ], rounds=15 if bench.quick else 41)
    ours = costs["wan-check"]
    return [
        table.times("one JPEG of a megapixel at depth full, speed relative to ffprobe, which reads its header",
                    ratio(ours, costs["ffprobe"]), at_least=2),
        table.times("... speed relative to identify, which reads its header", ratio(ours, costs["identify"])),
        table.fact("... on this machine", f"{median(ours) * 1000:.0f} ms"),
    ]


@benchmark("workers", "the cost of confinement: images decoded in worker processes, next to the same in one process")
def workers(bench):
    images = chosen_images(bench)
    rounds = 3 if bench.quick else 7
    program = built_beside("compare-probers")
    lines = subprocess.check_output(
        [program, bench.workers, str(rounds), *map(str, images)], text=True).splitlines()
    ratios = [there / here for here, there in (map(float, line.split()) for line in lines)]
    return [table.at_most(f"{len(images)} images at depth full in confined workers, next to in process",
                          statistics.median(ratios), 1.15, unit="x", digits=2)]


def built_beside(product):
    """A program of the package beside this folder, as a release."""
    command = ["swift", "build", "-c", "release", "--package-path", str(PACKAGE), "--product", product]
    subprocess.run(command, check=True, stdout=sys.stderr)
    return pathlib.Path(subprocess.check_output([*command, "--show-bin-path"], text=True).strip(), product)
