"""The external programs that make fixtures, run so that they write the same bytes every time."""

import functools
import pathlib
import shutil
import subprocess
import sys
import tempfile
import threading
import zlib

_local = threading.local()

#: Placed before the output: no metadata, no time stamps, one thread.
BITEXACT = ["-map_metadata", "-1", "-map_chapters", "-1", "-fflags", "+bitexact", "-flags:v", "+bitexact",
            "-flags:a", "+bitexact", "-threads", "1"]


class ToolError(Exception):
    """A tool is missing or failed."""


@functools.cache
def imagemagick():
    """The first program whose version names ImageMagick."""
    for name in ("magick", "convert", "/usr/bin/magick", "/usr/bin/convert"):
        path = shutil.which(name)
        if path and "ImageMagick" in _first_line([path, "-version"]):
            return path
    raise ToolError("ImageMagick is needed (magick or convert)")


@functools.cache
def versions():
    """The version of each tool, by the name that `used` returns."""
    return {
        "python": "%d.%d" % sys.version_info[:2],
        "zlib": zlib.ZLIB_RUNTIME_VERSION,
        "ffmpeg": _first_line(["ffmpeg", "-version"]).split(" Copyright")[0],
        "imagemagick": _first_line([imagemagick(), "-version"]).split(" https")[0],
    }


def _first_line(command):
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=False)
    except OSError as error:
        raise ToolError(f"{command[0]}: {error}") from error
    return (done.stdout.splitlines() or [""])[0]


def used():
    """The names of the tools used on this thread since `forget_used`."""
    return getattr(_local, "used", set())


def forget_used():
    """Clears the list of tools used on this thread."""
    _local.used = set()


def note(*tools):
    """Notes that the bytes being made depend on `tools`."""
    _local.used = used() | set(tools)


def once(function):
    """Caches a function's result, and notes the tools that it used at every call."""
    kept = {}
    lock = threading.RLock()

    @functools.wraps(function)
    def wrapper(*arguments):
        with lock:
            if arguments not in kept:
                before = used()
                forget_used()
                kept[arguments] = (function(*arguments), used())
                _local.used = before
        result, tools = kept[arguments]
        note(*tools)
        return result

    return wrapper


def deflate(data, level=9):
    """`data` as a zlib stream."""
    note("zlib")
    return zlib.compress(data, level)


def convert(picture, *arguments, to):
    """A PPM or PGM `picture` through ImageMagick, in the format `to`."""
    note("imagemagick")
    command = [imagemagick(), "-limit", "thread", "1", "-", *arguments, "-strip", "-define",
               "png:exclude-chunks=date,time", f"{to}:-"]
    done = subprocess.run(command, input=picture, capture_output=True, check=False)
    if done.returncode != 0 or not done.stdout:
        raise ToolError(f"{' '.join(command)}: {done.stderr.decode(errors='replace')}")
    return done.stdout


def ffmpeg(*arguments, to, **inputs):
    """The bytes that ffmpeg writes to a file ending in `to`.

    `inputs` become files beside it, `tone_wav=b"…"` as `tone.wav`. Output options of `arguments` come after
    those that make the bytes the same every time.
    """
    note("ffmpeg")
    with tempfile.TemporaryDirectory(prefix="fixture-") as folder:
        for name, data in inputs.items():
            pathlib.Path(folder, name.replace("_", ".")).write_bytes(data)
        last_input = max(at for at, word in enumerate(arguments) if word == "-i") + 2
        command = ["ffmpeg", "-hide_banner", "-nostdin", "-loglevel", "error", "-filter_threads", "1", "-y",
                   *arguments[:last_input], *BITEXACT, *arguments[last_input:], f"out.{to}"]
        done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
        result = pathlib.Path(folder, f"out.{to}")
        if done.returncode != 0 or not result.is_file():
            raise ToolError(f"{' '.join(command)}: {done.stderr}")
        return result.read_bytes()
