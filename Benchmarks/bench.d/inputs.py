"""The files that the benchmarks measure: made once by Fixtures/make and ffmpeg, and kept in a folder."""

import hashlib
import pathlib
import subprocess
import sys

LARGE = pathlib.Path(__file__).with_name("large_images.py")
FIXTURES = pathlib.Path(__file__).resolve().parent.parent.parent / "Fixtures"
BIG = ["megapixels-64/", "video-100mb-10s.mp4", "jobs/20000.jsonl"]


class Inputs:
    """The inputs in `folder`, made if they are missing or their recipe has changed."""

    def __init__(self, folder):
        self.folder = pathlib.Path(folder).resolve()

    def images(self):
        """The 720 images, JPEG, PNG and WebP in turn."""
        def make(folder):
            subprocess.run([FIXTURES / "make", "--bench", folder], check=True, stdout=sys.stderr)
        folder = self._made("images", (FIXTURES / "make.d" / "bench.py").read_bytes(), make)
        return sorted(path for path in folder.iterdir() if path.suffix in (".jpg", ".png", ".webp"))

    def big(self, name):
        """One of the fixtures too big for git."""
        def make(folder):
            subprocess.run([FIXTURES / "make", "--big", folder, *BIG], check=True, stdout=sys.stderr)
        return self._made("big", (FIXTURES / "make.d" / "big.py").read_bytes(), make) / name

    def small(self, name):
        """A megapixel as JPEG, ten seconds of 1080p as MP4, thirty seconds of audio as MP3 and WAV."""
        def make(folder):
            for target, arguments in SMALL.items():
                command = ["ffmpeg", "-hide_banner", "-loglevel", "error", "-y", *arguments, folder / target]
                subprocess.run(command, check=True)
        return self._made("small", repr(SMALL).encode(), make) / name

    def moov_last(self):
        """Ten seconds of 1080p as MP4 of 50 MB, whose headers come after all samples."""
        def make(folder):
            command = ["ffmpeg", "-hide_banner", "-loglevel", "error", "-y", *MOOV_LAST]
            subprocess.run([*command, folder / "moov-last-50mb.mp4"], check=True)
        return self._made("moov-last", repr(MOOV_LAST).encode(), make) / "moov-last-50mb.mp4"

    def large_images(self):
        """64 megapixels in the encodings that need the most memory, written by Pillow."""
        def make(folder):
            subprocess.run([python_with_pillow(), LARGE, folder], check=True)
        folder = self._made("large", LARGE.read_bytes(), make)
        return sorted(path for path in folder.iterdir() if path.suffix in (".jpg", ".webp"))

    def _made(self, name, recipe, make):
        folder = self.folder / name
        stamp = folder / ".complete"
        wanted = hashlib.sha256(recipe).hexdigest()
        if not (stamp.is_file() and stamp.read_text() == wanted):
            print(f"making {folder}", file=sys.stderr, flush=True)
            folder.mkdir(parents=True, exist_ok=True)
            stamp.unlink(missing_ok=True)
            make(folder)
            stamp.write_text(wanted)
        return folder


def python_with_pillow():
    """A Python that has Pillow, which may differ from the Python that runs this script."""
    for python in (sys.executable, "/usr/bin/python3"):
        if subprocess.run([python, "-c", "import PIL"], stderr=subprocess.DEVNULL).returncode == 0:
            return python
    raise FileNotFoundError("no Python here has Pillow")


PICTURE = "testsrc2=s={}:r=30:d={},noise=alls=12:allf=t:all_seed=7"
SOUND = "anoisesrc=d=30:c=pink:r=44100:a=0.5:seed=7"
SMALL = {
    "megapixel.jpg": ["-f", "lavfi", "-i", PICTURE.format("1216x832", 1),
                      "-frames:v", "1", "-q:v", "4"],
    "clip.mp4": ["-f", "lavfi", "-i", PICTURE.format("1920x1080", 10), "-f", "lavfi", "-i", "sine=d=10",
                 "-c:v", "libx264", "-preset", "veryfast", "-pix_fmt", "yuv420p", "-b:v", "6M", "-c:a", "aac"],
    "sound.mp3": ["-f", "lavfi", "-i", SOUND, "-ac", "2", "-c:a", "libmp3lame", "-b:a", "192k"],
    "sound.wav": ["-f", "lavfi", "-i", SOUND, "-ac", "2", "-c:a", "pcm_s16le"],
}
MOOV_LAST = [
    "-f", "lavfi", "-i", PICTURE.format("1920x1080", 10), "-f", "lavfi", "-i", "sine=d=10", "-c:v", "libx264",
    "-preset", "ultrafast", "-pix_fmt", "yuv420p", "-b:v", "40M", "-minrate", "40M", "-maxrate", "40M",
    "-bufsize", "40M", "-x264-params", "nal-hrd=cbr", "-c:a", "aac",
]
