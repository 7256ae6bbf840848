"""Assets over HTTP: bytes, requests, time and memory, next to ffprobe on the same URLs.

Bytes and requests come from the server's log, not from the client.
"""

import collections
import os
import pathlib
import subprocess
import sys
import tempfile
import time

from measure import Contender, ContenderFailed, alternate, median, ratio
from memory import peak
from nginx import PATIENCE, Nginx
from registry import benchmark
import table

MB = table.MB
KIB = 1 << 10
PRIVATE = "--allow-private-hosts"
# No contender may use a proxy to reach a server on loopback.
os.environ["no_proxy"] = "127.0.0.1"

SERVER = pathlib.Path(__file__).with_name("delaying_server.py")
ASSETS = 64
SIDE_BY_SIDE = 16
LATENCY = 0.05
EACH_BY_FFPROBE = 'for url; do ffprobe -v error -show_streams "$url" || exit; done'


def remote_command(bench, urls, *options):
    return bench.wan_check(PRIVATE, "--format", "jsonl", *options, *urls)


def cost_of(server, contender):
    """Requests, and bytes of content that the server sent, of one run."""
    server.requests()
    contender.run()
    requests = server.requests()
    return len(requests), sum(request.body for request in requests)


def amount(count, size):
    requests = f"{count} request{'' if count == 1 else 's'}"
    return f"{requests}, {size / KIB:.0f} KiB" if size < MB else f"{requests}, {size / MB:.1f} MB"


@benchmark("remote-images", "images over HTTP, next to ffprobe")
def remote_images(bench):
    images = bench.inputs.images()
    sample = images[::71] if bench.quick else images[::20]
    with Nginx(bench.inputs.folder) as server:
        urls = [server.url(image) for image in images]
        Contender("wan-check", remote_command(bench, urls, "--depth", "header")).run()
        requests, bodies = collections.Counter(), collections.Counter()
        for request in server.requests():
            requests[request.path] += 1
            bodies[request.path] += request.body
        if len(requests) != len(images):
            raise ContenderFailed(f"{len(requests)} of {len(images)} images were requested")
        most, largest = max(requests.values()), max(bodies.values())
        rows = [
            table.at_most(f"most requests for one of {len(images)} images at depth header", most, 2),
            table.at_most("... most bytes", largest, 128 * KIB, unit=" KiB", per=KIB),
            table.fact("... a mean of", amount(
                round(sum(requests.values()) / len(images), 1), sum(bodies.values()) / len(images))),
        ]
        urls = [server.url(image) for image in sample]
        contenders = [
            Contender("header", remote_command(bench, urls, "--depth", "header")),
            Contender("full", remote_command(bench, urls)),
            # ffprobe takes one file a process.
            Contender("ffprobe", ["sh", "-c", EACH_BY_FFPROBE, "sh", *urls]),
        ]
        rows += beside_ffprobe(server, contenders, f"{len(sample)} images", bench,
                               dict.fromkeys(("header", "full"), "ffprobe in one process each"))
    return rows


@benchmark("remote-movies", "video over HTTP, next to ffprobe")
def remote_movies(bench):
    last = bench.inputs.moov_last()
    rows = []
    with Nginx(bench.inputs.folder) as server:
        for file in (bench.inputs.small("clip.mp4"), last, bench.inputs.big("video-100mb-10s.mp4")):
            url = server.url(file)
            name = f"{file.name} ({file.stat().st_size / MB:.0f} MB)"
            header = Contender("header", remote_command(bench, [url], "--depth", "header"), statuses=(0, 1))
            full = Contender("full", remote_command(bench, [url]), statuses=(0, 1))
            if file == last:
                count, size = cost_of(server, header)
                rows += [
                    table.at_most(f"requests for {name} at depth header", count, 6, note="moov at the end"),
                    table.at_most("... bytes", size, MB, unit=" MB", per=MB, digits=2),
                ]
            count, size = cost_of(server, full)
            rows.append(table.truth(
                f"{name} at depth full: each byte once", (count, size) == (1, file.stat().st_size)))
            rows += beside_ffprobe(server, [
                header, full,
                Contender("ffprobe", ["ffprobe", "-v", "error", "-show_streams", url]),
                Contender("packets", ["ffprobe", "-v", "error", "-count_packets", "-show_streams", url]),
            ], name, bench, {"full": "with SHA-256 and a decoded frame"})
    return rows


def beside_ffprobe(server, contenders, name, bench, notes):
    """Rows that compare the costs of `header` and `full` with those of `ffprobe`, and `packets` if it runs.

    `notes` are keyed by depth.
    """
    amounts = {contender.name: amount(*cost_of(server, contender)) for contender in contenders}
    costs = alternate(contenders, rounds=3 if bench.quick else 7)
    theirs = {"header": "ffprobe", "full": "packets" if "packets" in costs else "ffprobe"}
    words = {"ffprobe": "ffprobe", "packets": "ffprobe -count_packets"}
    rows = []
    for depth, other in theirs.items():
        rows += [
            table.times(f"{name} at depth {depth}, speed relative to {words[other]}",
                        ratio(costs[depth], costs[other]), note=notes.get(depth, "")),
            table.fact(f"... {words[other]}: {amounts[other]}", amounts[depth]),
        ]
    return rows


@benchmark("remote-memory", "a long transfer in little memory")
def remote_memory(bench):
    file = bench.inputs.big("video-100mb-10s.mp4")
    with Nginx(bench.inputs.folder) as server:
        held = peak(bench, [server.url(file)], PRIVATE)
    return [table.memory(f"memory for {file.name} over HTTP at depth full", held, 150 * MB)]


@benchmark("remote-latency", "many assets of a server that is far away")
def remote_latency(bench):
    # Small images, because at depth full much decoding would hide the waiting.
    smallest = sorted(bench.inputs.images(), key=lambda image: image.stat().st_size)[:ASSETS]
    rows = []
    for depth, images in (("header", bench.inputs.images()[:ASSETS]), ("full", smallest)):
        options = ["--depth", depth, "--jobs", str(SIDE_BY_SIDE)]
        with DelayingServer(images[0].parent, LATENCY) as server:
            urls = [server.url(image) for image in images]
            local = Contender("local", bench.wan_check("--format", "jsonl", *options, *images))
            remote = Contender("remote", remote_command(bench, urls, *options))
            remote.run()
            trips = server.requests() / ASSETS
            rounds = 3 if bench.quick else 7
            costs = alternate([local, remote], rounds)
        # The ideal: each of 16 lanes waits for its answers one after the other, and the same files
        # cost what they cost on the disk. Connecting and HTTP itself are not included.
        waiting = ASSETS / SIDE_BY_SIDE * trips * LATENCY
        over = ratio(
            [local.wall + waiting for local in costs["local"]], [remote.wall for remote in costs["remote"]],
            of=lambda wall: wall)
        what = f"{ASSETS} images with {LATENCY * 1000:.0f} ms of latency, --jobs {SIDE_BY_SIDE}, depth {depth}"
        note = f"ideal: {waiting * 1000:.0f} ms of waiting, {median(costs['local']) * 1000:.0f} ms from disk"
        rows += [
            table.at_most(f"{what}: times the ideal", over, 1.5, unit="x", digits=2, note=note),
            table.fact("... on this machine", f"{median(costs['remote']) * 1000:.0f} ms",
                       f"{trips:.1f} trips each"),
        ]
    return rows


class DelayingServer:
    """Serves a folder with a delay before each answer, in a separate process, while the context lasts."""

    def __init__(self, folder, delay):
        self.folder = folder
        self.delay = delay

    def __enter__(self):
        self._log = tempfile.TemporaryFile()
        self._process = subprocess.Popen(
            [sys.executable, str(SERVER), str(self.folder), str(self.delay * 1000)], stdin=subprocess.PIPE,
            stdout=self._log)
        until = time.monotonic() + PATIENCE
        while not self._lines():
            if self._process.poll() is not None or time.monotonic() > until:
                self.__exit__()
                raise OSError("the server with latency does not start")
            time.sleep(0.01)
        self._port = int(self._lines()[0])
        return self

    def __exit__(self, *_):
        self._process.stdin.close()
        self._process.wait()
        self._log.close()

    def url(self, file):
        return f"http://127.0.0.1:{self._port}/{file.name}"

    def requests(self):
        """The number of requests."""
        return len(self._lines()) - 1

    def _lines(self):
        # The server writes through the same open file, so its position must not change.
        size = os.fstat(self._log.fileno()).st_size
        return os.pread(self._log.fileno(), size, 0).splitlines()
