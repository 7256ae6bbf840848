"""Video that breaks one rule each."""

import struct

import boxes
import jpeg
from accept_video import FRAGMENTS, SIZE, basic
from boxes import Box, edited
from movies import AAC, FAST, X264, clip, moving
from pictures import noise
from registry import below, fixture
from reject_images import cut, ftyp_stub, overwritten, rule
from tools import ffmpeg

SMALL_CODEC = {"mkv": ["-f", "matroska"], "ts": ["-f", "mpegts"], "flv": ["-f", "flv"], "avi": ["-f", "avi"],
               "3gp": ["-f", "3gp"], "3g2": ["-f", "3g2"], "f4v": ["-f", "f4v"]}

other = rule("video-format")
for ending, arguments in SMALL_CODEC.items():
    other(f"{ending}.{ending}", f"{ending.upper()} with H.264",
          lambda e=ending, a=tuple(arguments): moving(SIZE, 2.5, 10, e, *X264, *a))
other("webm.webm", "WebM, VP9", lambda: clip(SIZE, 2.5, 10, "webm", "-c:v", "libvpx-vp9", "-b:v", "20k",
                                             "-row-mt", "0"))
other("mpeg.mpg", "MPEG program stream",
      lambda: clip("320x240", 2.5, 25, "mpg", "-c:v", "mpeg1video", "-b:v", "60k"))
other("wmv.wmv", "Windows Media Video", lambda: clip("320x240", 2.5, 10, "wmv", "-c:v", "wmv2", "-b:v", "40k"))
other("ogv.ogv", "Ogg Theora", lambda: clip("320x240", 2.5, 10, "ogv", "-c:v", "libtheora", "-b:v", "40k"))
other("h264.h264", "H.264 without a container", lambda: moving(SIZE, 2.5, 10, "h264", *X264))
other("mkv-named.mp4", "Matroska named .mp4", lambda: moving(SIZE, 2.5, 10, "mkv", *X264, "-f", "matroska"))

no_stream = rule("video-no-stream")


def audio_only():
    """AAC alone in an MP4 of brand isom."""
    return ffmpeg("-f", "lavfi", "-i", "sine=f=330:r=16000:d=3", *AAC, "-brand", "isom", to="mp4")


def cover_only():
    """AAC with a cover picture and no video."""
    return ffmpeg("-i", "tone.mp4", "-i", "cover.jpg", "-map", "0", "-map", "1", "-c", "copy", "-disposition:v:0",
                  "attached_pic", "-brand", "isom", to="mp4", tone_mp4=audio_only(), cover_jpg=jpeg.flat(320, 240))


def only(*kinds):
    """A change: keeps the top-level boxes of these kinds."""
    def change(boxes_):
        boxes_[:] = [box for box in boxes_ if box.kind in kinds]
    return change


def fragmented(*arguments, seconds=3):
    """A fragmented MP4."""
    return moving(SIZE, seconds, 10, "mp4", *X264, *FRAGMENTS, *arguments)


sound_alone = rule("audio-format")
sound_alone("audio-only.mp4", "MP4 (brand isom) with audio alone", audio_only)
sound_alone("audio-and-cover.mp4", "MP4 with audio and a cover picture", cover_only)
no_stream("no-samples.mp4", "MP4 whose sample tables are empty",
          lambda: edited(moving(SIZE, 3, 10, "mp4"), boxes.without_samples))
no_stream("initialisation-only.mp4", "fragmented MP4, its head without any fragment",
          lambda: edited(fragmented(), only(b"ftyp", b"moov")))
no_stream("no-tracks.mp4", "MP4 whose moov box holds no track",
          lambda: edited(moving(SIZE, 3, 10, "mp4"), drop_tracks))
fixture("reject/video-truncated/type-box-only.mp4", "a type box and nothing else", ftyp_stub(b"isom", b"mp42")[:24])


def drop_tracks(boxes_):
    """A change: no trak."""
    moov = boxes.find(boxes_, b"moov")[0]
    moov.inside = [box for box in moov.inside if box.kind == b"mvhd"]




def odd_sides(size):
    """H.264 in 4:4:4, which alone may have odd sides."""
    return clip("320x240", 2.5, 2, "mp4", "-vf", f"format=yuv444p,scale={size.replace('x', ':')},setsar=1", "-c:v",
                "libx264", "-crf", "40", "-pix_fmt", "yuv444p")


dimensions = rule("video-dimensions")
for size in ("238x300", "300x238", "4098x600", "600x4098", "160x120"):
    dimensions(f"{size}.mp4", f"H.264 of {size}", lambda s=size: clip(s, 2.5, 2, "mp4"))
for size in ("239x300", "300x239"):
    dimensions(f"{size}.mp4", f"H.264 of {size}, 4:4:4", lambda s=size: odd_sides(s))



def two_tracks():
    """A small track, and a wide one that ffmpeg prefers."""
    return ffmpeg("-f", "lavfi", "-i", "color=c=teal:s=320x240:r=2:d=2.5", "-f", "lavfi", "-i",
                  "color=c=olive:s=4400x560:r=2:d=2.5", "-map", "0", "-map", "1", *X264, to="mp4")


def sample_entry(**sides):
    """A clip whose sample entry states another width or height than the H.264 headers."""
    def change(boxes_):
        entry = boxes.track(boxes_, b"vide").find(*STBL[2:], b"stsd")[0]
        for side, value in sides.items():
            entry.set({"width": 40, "height": 42}[side], "H", value)
    return edited(clip("320x240", 2.5, 2, "mp4"), change)


dimensions("second-track-4400x560.mp4", "H.264 of 320x240, with a second track of 4400x560", two_tracks)
dimensions("sample-entry-8000-wide.mp4", "H.264 of 320x240, whose sample entry says 8000 wide",
           lambda: sample_entry(width=8000))
dimensions("sample-entry-100-high.mp4", "H.264 of 320x240, whose sample entry says 100 high",
           lambda: sample_entry(height=100))

aspect = rule("video-aspect-ratio")
for size in ("2400x256", "256x2400", "1922x240", "240x1922"):
    aspect(f"{size}.mp4", f"H.264 of {size}", lambda s=size: clip(s, 2.5, 2, "mp4"))


def two_readings():
    """11 s of frames of which an edit list presents 9."""
    def change(boxes_):
        track = boxes.track(boxes_, b"vide")
        scale = boxes.find(boxes_, b"moov", b"mvhd")[0].u32(12)
        ticks = track.find(b"mdia", b"mdhd")[0].u32(12)
        track.find(b"edts", b"elst")[0].set(8, "Ii", 9 * scale, 2 * ticks)
        boxes.find(boxes_, b"moov", b"mvhd")[0].set(16, "I", 9 * scale)
        track.find(b"tkhd")[0].set(20, "I", 9 * scale)
    return edited(clip(SIZE, 11, 5, "mp4", *X264, "-bf", "0"), change)


def empty_edit(seconds):
    """3 s of frames after an empty edit."""
    def change(boxes_):
        scale = boxes.find(boxes_, b"moov", b"mvhd")[0].u32(12)
        edits = boxes.track(boxes_, b"vide").find(b"edts", b"elst")[0]
        wait = struct.pack(">Iii", seconds * scale, -1, 1 << 16)
        edits.payload = struct.pack(">II", 0, 2) + wait + edits.payload[8:20]
    return edited(clip(SIZE, 3, 5, "mp4", *X264, "-bf", "0"), change)


duration = rule("video-duration")
duration("1.96s.mp4", "MP4 of 1.96 s", lambda: clip(SIZE, 1.96, 25, "mp4"))
duration("10.04s.mp4", "MP4 of 10.04 s", lambda: clip(SIZE, 10.04, 25, "mp4"))
duration("12s.mov", "MOV of 12 s", lambda: clip(SIZE, 12, 5, "mov"))
duration("one-frame.mp4", "MP4 of one frame", lambda: clip(SIZE, 0.1, 10, "mp4"))
duration("fragmented-12s.mp4", "fragmented MP4 of 12 s, whose mvhd says 0", lambda: fragmented(seconds=12))
duration("edit-list-presents-9s-of-11s.mp4", "MP4 whose edit list presents 9 s of 11 s", two_readings)
duration("empty-edit-of-20s.mp4", "MP4 of 3 s after an empty edit of 20 s", lambda: empty_edit(20))

codec = rule("video-codec")
for name, what, arguments in (
        ("vp9.mp4", "VP9", ("-c:v", "libvpx-vp9", "-b:v", "20k", "-row-mt", "0")),
        ("av1.mp4", "AV1", ("-c:v", "libaom-av1", "-cpu-used", "8", "-crf", "50", "-b:v", "0")),
        ("mpeg4.mp4", "MPEG-4 part 2", ("-c:v", "mpeg4", "-q:v", "20")),
        ("mjpeg.mov", "Motion JPEG", ("-c:v", "mjpeg", "-q:v", "20", "-pix_fmt", "yuvj420p")),
        ("png.mov", "PNG frames", ("-c:v", "png"))):
    codec(name, f"{what} in {name[-3:].upper()}", lambda a=arguments, t=name[-3:]: clip(SIZE, 2.5, 4, t, *a))
codec("prores.mov", "ProRes in MOV",
      lambda: clip("320x240", 2.5, 2, "mov", "-c:v", "prores_ks", "-profile:v", "0", "-qscale:v", "31"))

encrypted = rule("video-encrypted")
CENC = ("-encryption_scheme", "cenc-aes-ctr", "-encryption_key", "00112233445566778899aabbccddeeff",
        "-encryption_kid", "0123456789abcdef0123456789abcdef")
encrypted("cenc.mp4", "MP4, common encryption", lambda: moving(SIZE, 3, 10, "mp4", *X264, *CENC))
encrypted("cenc-with-sound.mp4", "MP4, common encryption, with audio", lambda: basic("mp4", *CENC))


def patched(path, at, layout, *values, data=None):
    """A clip with numbers of one box overwritten."""
    def change(boxes_):
        boxes.find(boxes_, *path)[0].set(at, layout, *values)
    return edited(moving(SIZE, 3, 10, "mp4") if data is None else data, change)


def drop(*path):
    """A change: removes the first box at `path`."""
    def change(boxes_):
        parent = boxes.find(boxes_, *path[:-1])[0]
        parent.inside = [box for box in parent.inside if box.kind != path[-1]]
    return change


def damaged_samples():
    """Noise over everything that mdat holds."""
    data = moving(SIZE, 3, 10, "mp4")
    at = data.index(b"mdat") + 4
    size = struct.unpack_from(">I", data, at - 8)[0] - 8
    return overwritten(data, at, noise(size, 11))


STBL = (b"moov", b"trak", b"mdia", b"minf", b"stbl")
corrupt = rule("video-corrupt")
corrupt("samples-overwritten.mp4", "MP4 whose tables are whole and whose samples are noise", damaged_samples)
corrupt("movie-timescale-0.mp4", "MP4 with a movie timescale of 0",
        lambda: patched((b"moov", b"mvhd"), 12, "I", 0))
corrupt("media-timescale-0.mp4", "MP4 with a media timescale of 0",
        lambda: patched((b"moov", b"trak", b"mdia", b"mdhd"), 12, "I", 0))
corrupt("box-beyond-parent.mp4", "MP4 with a box that is longer than the one around it",
        lambda: longer(moving(SIZE, 3, 10, "mp4"), b"stsd"))
corrupt("no-sample-description.mp4", "MP4 whose sample table has no stsd",
        lambda: edited(moving(SIZE, 3, 10, "mp4"), drop(*STBL, b"stsd")))
corrupt("no-chunk-offsets.mp4", "MP4 whose sample table has no stco",
        lambda: edited(moving(SIZE, 3, 10, "mp4"), drop(*STBL, b"stco")))
corrupt("fewer-sizes.mp4", "MP4 with fewer sample sizes than sample times",
        lambda: patched((*STBL, b"stsz"), 8, "I", 11))
corrupt("empty-samples.mp4", "MP4 whose samples all have 0 bytes", lambda: without_bytes(b"vide", 0))
corrupt("one-sample-of-30.mp4", "MP4 of whose 30 samples all but the first have 0 bytes",
        lambda: without_bytes(b"vide", 1))
corrupt("empty-sound.mp4", "MP4 whose samples of audio all have 0 bytes", lambda: without_bytes(b"soun", 0))
corrupt("gap-in-sound.mp4", "MP4 with one sample of audio that has 0 bytes", lambda: without_bytes(b"soun", 7, 8))


def without_bytes(handler, first, end=None):
    """A clip with samples of 0 bytes in a track, from one to another."""
    def change(boxes_):
        sizes = boxes.track(boxes_, handler).find(*STBL[2:], b"stsz")[0]
        for number in range(first, end or sizes.u32(8)):
            sizes.set(12 + 4 * number, "I", 0)
    return edited(basic(), change)


def longer(data, kind):
    """The size of the first box of a kind made 64 KB longer."""
    at = data.index(kind) - 4
    return overwritten(data, at, struct.pack(">I", struct.unpack_from(">I", data, at)[0] + 65536))


def inside_fragment(data):
    """A fragmented file cut in the middle of its third fragment."""
    at = -1
    for _ in range(3):
        at = data.index(b"mdat", at + 1)
    return data[:at + 300]


truncated = rule("video-truncated")
truncated("faststart-60-percent.mp4", "MP4, moov first, first 60 %: its tables claim the full length",
          lambda: cut(basic("mp4", *FAST)))
truncated("faststart-one-byte-less.mp4", "MP4, moov first, the last byte missing",
          lambda: basic("mp4", *FAST)[:-1])
truncated("moov-last-60-percent.mp4", "MP4, moov at the end, first 60 %: no moov", lambda: cut(basic()))
truncated("moov-last-cut-in-moov.mp4", "MP4 cut inside moov", lambda: basic()[:-200])
truncated("fragmented-in-fragment.mp4", "fragmented MP4 cut inside a fragment",
          lambda: inside_fragment(fragmented()))
truncated("fragmented-in-mfra.mp4", "fragmented MP4 cut inside its mfra index", lambda: fragmented()[:-20])
truncated("faststart-60-percent.mov", "MOV, moov first, first 60 %", lambda: cut(basic("mov", *FAST)))
truncated("mdat-to-end-60-percent.mp4", "MP4 whose mdat has size 0, first 60 %",
          lambda: cut(mdat_to_end()))


def mdat_to_end():
    """moov first, and mdat of size 0."""
    data = basic("mp4", *FAST)
    at = data.rindex(b"mdat") - 4
    return overwritten(data, at, bytes(4))


rotation = rule("video-rotation")
for degrees in (90, 180, 270):
    rotation(f"{degrees}.mp4", f"MP4 turned by {degrees} degrees",
             lambda d=degrees: edited(moving(SIZE, 3, 10, "mp4"), boxes.turn(d)))
rotation("90.mov", "MOV turned by 90 degrees", lambda: edited(moving(SIZE, 3, 10, "mov"), boxes.turn(90)))

shape = rule("video-pixel-aspect")
shape("4-3.mp4", "MP4 with pixels of 4:3", lambda: moving(SIZE, 3, 10, "mp4", *X264, "-vf", "setsar=4/3"))
shape("8-9.mov", "MOV with pixels of 8:9", lambda: moving(SIZE, 3, 10, "mov", *X264, "-vf", "setsar=8/9"))

undeclared = below("reject/end-undeclared")
undeclared("fragmented-no-index.mp4", "fragmented MP4 without an index",
           lambda: moving(SIZE, 3, 10, "mp4", *X264, "-g", "5", "-movflags",
                          "+frag_keyframe+empty_moov+default_base_moof+skip_trailer"))
undeclared("fragmented-cut-between.mp4", "fragmented MP4 cut between two fragments: 2.5 s of 3 s",
           lambda: between_fragments(fragmented()))


def between_fragments(data):
    """Everything before the last fragment."""
    return data[:data.rindex(b"moof") - 4]


def nested(depth):
    """A type box and boxes inside each other."""
    size = depth * 8
    inside = b"".join(struct.pack(">I4s", size - 8 * at, b"moov" if at == 0 else b"trak") for at in range(depth))
    return Box(b"ftyp", b"isom\0\0\2\0isommp42").bytes() + inside


def many_tracks(count):
    """The track of a clip over and over, each with a number of its own."""
    def change(boxes_):
        moov = boxes.find(boxes_, b"moov")[0]
        track = boxes.find(boxes_, b"moov", b"trak")[0]
        at = moov.inside.index(track)
        for number in range(2, count + 1):
            head = track.find(b"tkhd")[0]
            copy = Box(b"tkhd", head.payload)
            copy.set(12, "I", number)
            moov.inside.insert(at + number - 1, Box(b"trak", inside=[copy, *track.inside[1:]]))
    return edited(moving(SIZE, 3, 10, "mp4"), change)


limit = rule("probe-limit")
limit("nested-20000.mp4", "20 000 boxes, each inside the one before", lambda: nested(20000))
limit("tracks-40.mp4", "MP4 with 40 tracks", lambda: many_tracks(40))
