"""Video that must be valid without a finding."""

import boxes
import jpeg
import movies
from movies import AAC, FAST, X264, X265
from registry import below
from tools import ffmpeg

video = below("accept/video")
SIZE = "426x240"
FRAGMENTS = ["-g", "5", "-movflags", "+frag_keyframe+empty_moov+default_base_moof"]


def basic(to="mp4", *arguments):
    """3 s with audio, 10 frames a second."""
    return movies.with_sound(SIZE, 3, 10, to, *(X264 + AAC + list(arguments)))


def without_type_box(boxes_):
    """A change: no ftyp, as QuickTime files were before it."""
    del boxes_[0]


def with_cover():
    """A JPEG as cover picture beside the track."""
    return ffmpeg("-i", "clip.mp4", "-i", "cover.jpg", "-map", "0", "-map", "1", "-c", "copy", "-disposition:v:1",
                  "attached_pic", to="mp4", clip_mp4=basic(), cover_jpg=jpeg.flat(96, 64))


def variable_rate():
    """Frames that last 0.1 s first, then 0.2 s."""
    return movies.moving(SIZE, 4, 10, "mp4", *X264, "-vf", "select='lt(n,20)+not(mod(n,2))'", "-vsync", "vfr")


def end_of_file_size(data):
    """The last box, mdat, with size 0: it ends where the file does."""
    at = data.rindex(b"mdat") - 4
    return data[:at] + bytes(4) + data[at + 4:]


video("h264-aac-faststart.mp4", "MP4, H.264 and AAC, moov first", lambda: basic("mp4", *FAST))
video("h264-aac-moov-last.mp4", "MP4, H.264 and AAC, moov at the end", basic)
video("h264-dates-and-tags.mp4", "MP4 with dates and tags, as cameras write them",
      lambda: basic("mp4", "-metadata", "creation_time=2026-03-01T12:00:00Z", "-metadata", "title=Zoë",
                    "-metadata", "location=+48.0000+011.0000/", *FAST))
video("h264-silent.mp4", "MP4, H.264, no audio", lambda: movies.moving(SIZE, 3, 10, "mp4"))
video("h264-mp3-sound.mp4", "MP4, H.264 and MP3",
      lambda: movies.with_sound(SIZE, 3, 10, "mp4", *X264, "-c:a", "libmp3lame", "-b:a", "16k", "-ar", "16000"))
video("h264-baseline.mp4", "MP4, H.264 baseline profile, no B-frames",
      lambda: movies.moving(SIZE, 3, 10, "mp4", *X264, "-profile:v", "baseline"))
video("h264-b-frames-edit-list.mp4", "MP4, H.264 with B-frames and the edit list that they need",
      lambda: movies.moving(SIZE, 4, 12, "mp4", *X264, "-bf", "3", "-b_strategy", "0", *FAST))
video("h264-no-edit-list.mp4", "MP4, H.264 without edit list",
      lambda: movies.moving(SIZE, 3, 10, "mp4", *X264, "-bf", "0", "-use_editlist", "0"))
video("h264-variable-rate.mp4", "MP4, H.264, frames of two durations", variable_rate)
video("h264-co64.mp4", "MP4 with 64-bit chunk offsets", lambda: boxes.edited(basic(), boxes.wide_offsets))
video("h264-mdat-to-end.mp4", "MP4 whose last box, mdat, has size 0 (to the end of the file)",
      lambda: end_of_file_size(basic("mp4", *FAST)))
video("h264-free-boxes.mp4", "MP4 with free and unknown boxes between the known ones",
      lambda: boxes.edited(basic(), boxes.insert_after(
          b"ftyp", boxes.Box(b"free", bytes(100)), boxes.Box(b"abcd", b"?"), boxes.Box(b"skip"))))
video("h264-cover.mp4", "MP4 with a cover picture", with_cover)
video("h264-fragmented-mfra.mp4", "fragmented MP4 that ends in an mfra index",
      lambda: movies.moving(SIZE, 3, 10, "mp4", *X264, *FRAGMENTS))
video("h264-fragmented-sidx.mp4", "fragmented MP4 with a global sidx and an mfra index",
      lambda: movies.moving(SIZE, 3, 10, "mp4", *X264, "-g", "5", "-movflags", "+dash+global_sidx+frag_keyframe"))
video("hevc-hvc1.mp4", "MP4, HEVC (hvc1)", lambda: movies.moving(SIZE, 3, 10, "mp4", *X265, "-tag:v", "hvc1"))
video("hevc-hev1.mp4", "MP4, HEVC (hev1)", lambda: movies.moving(SIZE, 3, 10, "mp4", *X265, "-tag:v", "hev1"))
video("h264.mov", "MOV, H.264 and AAC", lambda: basic("mov"))
video("h264-faststart.mov", "MOV, H.264 and AAC, moov first", lambda: basic("mov", *FAST))
video("h264-pcm-sound.mov", "MOV, H.264 and 16-bit PCM",
      lambda: movies.with_sound(SIZE, 2.5, 10, "mov", *X264, "-c:a", "pcm_s16le", "-ac", "1", "-ar", "8000"))
video("h264-no-ftyp.mov", "MOV without ftyp, as before there was one",
      lambda: boxes.edited(basic("mov"), without_type_box))
video("h264-timecode.mov", "MOV with a timecode track",
      lambda: movies.moving(SIZE, 3, 10, "mov", *X264, "-timecode", "00:00:01:00"))
video("hevc.mov", "MOV, HEVC (hvc1)", lambda: movies.moving(SIZE, 3, 10, "mov", *X265, "-tag:v", "hvc1"))
video("edge-2s.mp4", "MP4 of exactly 2 s", lambda: movies.clip(SIZE, 2, 10, "mp4"))
video("edge-10s.mp4", "MP4 of exactly 10 s", lambda: movies.clip(SIZE, 10, 5, "mp4"))
for size in ("240x426", "240x1920", "4096x512", "512x4096"):
    video(f"edge-{size}.mp4", f"MP4 of {size}", lambda size=size: movies.clip(size, 2.5, 2, "mp4"))
