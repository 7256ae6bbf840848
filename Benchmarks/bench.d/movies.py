"""Audio and video, next to ffprobe and ffmpeg. For information: these rows have no target."""

from measure import Contender, alternate, ratio
from registry import benchmark
import table


@benchmark("movies", "audio and video, next to ffprobe and ffmpeg")
def movies(bench):
    files = [bench.inputs.small(name) for name in ("sound.mp3", "sound.wav", "clip.mp4")]
    files.append(bench.inputs.big("video-100mb-10s.mp4"))
    rows = []
    for file in files:
        costs = alternate([
            Contender("full", bench.wan_check(file), statuses=(0, 1)),
            Contender("decode", bench.wan_check("--depth", "decode", file), statuses=(0, 1)),
            Contender("ffprobe", ["ffprobe", "-v", "error", "-count_packets", "-show_streams", str(file)]),
            Contender("ffmpeg", ["ffmpeg", "-v", "error", "-nostdin", "-i", str(file), "-f", "null", "-"]),
        ], rounds=3 if bench.quick else 7)
        full = ratio(costs["full"], costs["ffprobe"])
        decoded = ratio(costs["decode"], costs["ffmpeg"])
        rows += [
            table.times(f"{file.name} at depth full, speed relative to ffprobe -count_packets", full,
                        note="with SHA-256 and a decoded frame"),
            table.times(f"{file.name} at depth decode, speed relative to ffmpeg -f null", decoded),
        ]
    return rows
