"""The common readers: the answer of each for a file.

An answer is `{"refused": why}`, or any of `{"size": [width, height], "sizes": {name: [w, h]}, "seconds": {name: value}}`.
"""

import json
import pathlib
import select
import shutil
import subprocess
import sys

from browser import Browser

HERE = pathlib.Path(__file__).resolve().parent
PATIENCE = 20


def run(*command):
    try:
        done = subprocess.run(command, capture_output=True, timeout=PATIENCE, stdin=subprocess.DEVNULL, check=False)
    except subprocess.TimeoutExpired:
        return None
    return done.returncode, done.stdout.decode(errors="replace"), done.stderr.decode(errors="replace")


def number(text):
    try:
        return float(text)
    except (TypeError, ValueError):
        return None


def ffprobe(path, kind):
    """The sizes and durations that libavformat reports."""
    answer = run(
        "ffprobe",
        "-v",
        "error",
        "-show_entries",
        "format=duration:stream=index,codec_type,codec_name,width,height,duration:stream_disposition=attached_pic",
        "-of",
        "json",
        path,
    )
    if answer is None:
        return {"late": True}
    status, output, errors = answer
    if status != 0:
        return {"refused": errors.strip()[-160:]}
    try:
        seen = json.loads(output)
    except ValueError:
        return {"refused": "output that is not JSON"}
    wanted = {"audio": ["audio"], "video": ["video", "audio"]}[kind]
    streams = [stream for stream in seen.get("streams", []) if not stream.get("disposition", {}).get("attached_pic")]
    said = {
        "sizes": {
            f"stream {stream['index']}": [stream.get("width", 0), stream.get("height", 0)]
            for stream in streams
            if stream.get("codec_type") == "video"
        }
    }
    if kind == "audio":
        said["sizes"] = {}
    if not any(stream.get("codec_type") == wanted[0] for stream in streams):
        return {"refused": f"no {wanted[0]} stream"}
    seconds = {"format": number(seen.get("format", {}).get("duration"))}
    for stream in streams:
        if stream.get("codec_type") in wanted:
            seconds[f"stream {stream['index']} {stream['codec_type']}"] = number(stream.get("duration"))
    said["seconds"] = {name: value for name, value in seconds.items() if value is not None}
    return said


def ffmpeg(path, kind):
    """What ffmpeg decodes of the first stream, and when playback ends."""
    answer = run(
        "ffmpeg",
        "-nostdin",
        "-v",
        "error",
        "-threads",
        "1",
        "-i",
        path,
        "-map",
        "0:a:0" if kind == "audio" else "0:v:0",
        "-t",
        "1000000",
        "-f",
        "null",
        "-progress",
        "pipe:1",
        "-",
    )
    if answer is None:
        return {"late": True}
    status, output, errors = answer
    if status != 0 and kind != "image" and "Cannot determine format of input stream" in errors:
        # The file was read, and it has nothing to show.
        return {"seconds": {"played": 0.0}}
    if status != 0:
        return {"refused": errors.strip()[-160:]}
    last = dict(line.split("=", 1) for line in output.splitlines() if "=" in line)
    none = number(last.get("frame")) == 0 and kind != "audio"
    played = 0.0 if none else number(last.get("out_time_us"))
    said = {"complains": errors.strip()[-160:]} if errors.strip() else {}
    if kind == "image":
        return {"refused": "no frame"} if none else said
    return {**said, "seconds": {"played": max(0.0, played or 0.0) / 1e6}}


class Readers:
    """All installed readers, kept running."""

    def __init__(self, browser=True):
        self.programs = {name: read for name, read in [("ffprobe", ffprobe), ("ffmpeg", ffmpeg)] if shutil.which(name)}
        self.browser = Browser() if browser else None
        self.process, self.versions = None, {}
        self._start()

    def _start(self):
        interpreters = [sys.executable, "/usr/bin/python3"]
        with_pillow = [program for program in interpreters if (run(program, "-c", "import PIL") or (1,))[0] == 0]
        self.process = subprocess.Popen(
            [(with_pillow or interpreters)[0], HERE / "reader_process.py"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
        self.versions = json.loads(self.process.stdout.readline())

    def _ask(self, path, kind):
        try:
            self.process.stdin.write((json.dumps([kind, str(path)]) + "\n").encode())
            self.process.stdin.flush()
            ready, _, _ = select.select([self.process.stdout], [], [], PATIENCE)
            line = self.process.stdout.readline() if ready else b""
        except OSError:
            line = b""
        if line:
            return json.loads(line)
        self.process.kill()
        self.process.wait()
        self._start()
        return {"Pillow, libvips or libsndfile": {"refused": "it ended or hung"}} if kind != "video" else {}

    def close(self):
        self.process.kill()
        self.process.wait()
        if self.browser:
            self.browser.stop()

    @property
    def all(self):
        return [*self.programs, *self.versions, *(["Chromium"] if self.browser and self.browser.program else [])]

    def read(self, files):
        """The answers of all readers for `files` (key, kind, path, content type): {key: {reader: answer}}."""
        seen = {}
        for key, kind, path, _ in files:
            # For an image, ffprobe reports no more than ffmpeg.
            seen[key] = {name: read(path, kind) for name, read in self.programs.items() if (name, kind) != ("ffprobe", "image")}
            if kind != "video":
                seen[key].update(self._ask(path, kind))
        if self.browser:
            answers = self.browser.read(
                [(key, kind, pathlib.Path(path).read_bytes(), content_type) for key, kind, path, content_type in files]
            )
            for key, answer in answers.items():
                seen[key]["Chromium"] = answer
        return seen
