"""Movies about which readers disagree: which boxes count, which track is the video, and how long it lasts."""

import struct

import boxes
from accept_video import FRAGMENTS, SIZE, basic
from boxes import Box, edited
from movies import AAC, X264, clip, moving
from reject_images import rule
from reject_video import STBL, fragmented
from tools import ffmpeg

PLAIN = [*X264, "-bf", "0"]


def plain():
    """3 s of frames, each decoded when it is shown."""
    return moving(SIZE, 3, 10, "mp4", *PLAIN)


def of(path, at, layout, *values):
    """A change: overwrites numbers of the first box at a path."""
    return lambda tree: boxes.find(tree, *path)[0].set(at, layout, *values)


def both(*changes):
    """A change: several in a row."""
    def change(tree):
        for one in changes:
            one(tree)
    return change


def two(second, *arguments):
    """A clip of 3 s, and a second video track of another size and length."""
    return ffmpeg("-i", "first.mp4", "-i", "second.mp4", "-map", "0", "-map", "1", "-c", "copy", *arguments, to="mp4",
                  first_mp4=plain(), second_mp4=second)


def long():
    """14 s of few frames."""
    return clip("320x240", 14, 2, "mp4", *PLAIN)


def track(number):
    """Finds the track of a number, from 0."""
    return lambda tree: boxes.find(tree, b"moov", b"trak")[number]


def handler(number, kind):
    """A change: the handler of a track."""
    return lambda tree: track(number)(tree).find(b"mdia", b"hdlr")[0].set(8, "4s", kind)


def movie_lasts(seconds):
    """A change: what the movie header states."""
    return of((b"moov", b"mvhd"), 16, "I", int(seconds * 1000))


def add(*path, box):
    """A change: a box at the end of another."""
    return lambda tree: boxes.find(tree, *path)[0].inside.append(box(tree) if callable(box) else box)


def header_of(seconds):
    """A movie header of another length, as user data."""
    def box(tree):
        header = Box(b"mvhd", boxes.find(tree, b"moov", b"mvhd")[0].payload)
        header.set(16, "I", seconds * 1000)
        return Box(b"udta", inside=[header])
    return box


def without(number, *path):
    """A change: a track loses the boxes at a path."""
    def change(tree):
        parent = track(number)(tree)
        for kind in path[:-1]:
            parent = parent.find(kind)[0]
        parent.inside = [box for box in parent.inside if box.kind != path[-1]]
    return change


def empty_first(tree):
    """A change: before the track, another one of 8192x8192 that has no samples."""
    moov = boxes.find(tree, b"moov")[0]
    empty = boxes.parse(track(0)(tree).bytes())[0]
    empty.find(b"tkhd")[0].set(12, "I", 2)
    table = empty.find(*STBL[2:])[0]
    table.find(b"stsd")[0].set(40, "HH", 8192, 8192)
    table.inside = [table.find(b"stsd")[0], Box(b"stts", bytes(8)), Box(b"stsc", bytes(8)), Box(b"stsz", bytes(12)),
                    Box(b"stco", bytes(8))]
    moov.inside.insert(1, empty)


def entry(table):
    """The first sample entry of an stsd box, as bytes."""
    size = struct.unpack_from(">I", table.payload, 8)[0]
    return bytearray(table.payload[8:8 + size])


def second_entry(width, height):
    """A change: an unused sample entry of another size."""
    def change(tree):
        table = boxes.tables(tree)[0].find(b"stsd")[0]
        other = entry(table)
        struct.pack_into(">HH", other, 32, width, height)
        table.payload = struct.pack(">II", 0, 2) + table.payload[8:] + bytes(other)
    return change


def pixel_aspect(wide, high):
    """A change: the pixel aspect ratio that the sample entry states."""
    def change(tree):
        table = boxes.tables(tree)[0].find(b"stsd")[0]
        first = entry(table)
        inner = [box for box in boxes.parse(bytes(first[86:])) if box.kind != b"pasp"]
        body = bytes(first[8:86]) + boxes.join(inner + [Box(b"pasp", struct.pack(">II", wide, high))])
        table.payload = table.payload[:8] + struct.pack(">I4s", len(body) + 8, bytes(first[4:8])) + body
    return change


def sound_is(number, kind):
    """A change: the audio of a track is of a codec that few readers know."""
    def change(tree):
        table = track(number)(tree).find(*STBL[2:], b"stsd")[0]
        table.set(12, "4s", kind)
        table.payload = table.payload.replace(b"esds", b"free")
    return change


def two_sounds():
    """A clip with the same tone twice."""
    return ffmpeg("-i", "clip.mp4", "-map", "0", "-map", "0:a", "-c", "copy", to="mp4", clip_mp4=basic())


def edits(counted, listed):
    """A change: an edit list that counts fewer entries than it has."""
    def change(tree):
        table = track(0)(tree).find(b"edts", b"elst")[0]
        table.payload = struct.pack(">II", 0, counted) + table.payload[8:20] * listed
    return change


def backwards(tree):
    """A change: the last frame but one lasts -1 tick, which corrects the clock."""
    table = boxes.tables(tree)[0].find(b"stts")[0]
    count, ticks = table.u32(8), table.u32(12)
    table.payload = struct.pack(">IIIIIiII", 0, 3, count - 2, ticks, 1, -1, 1, ticks)


def shown_late(tree):
    """A change: all frames but two are shown 100 s after they are decoded."""
    table = boxes.tables(tree)[0]
    scale = track(0)(tree).find(b"mdia", b"mdhd")[0].u32(12)
    table.inside.append(Box(b"ctts", struct.pack(">IIIIII", 0, 2, 2, 0, 28, 100 * scale)))
    without(0, b"edts")(tree)


def decoded_late(tree):
    """A change: the last fragment is decoded 1000 s after the one before."""
    last = [box for box in tree if box.kind == b"moof"][-1].find(b"traf", b"tfdt")[0]
    scale = track(0)(tree).find(b"mdia", b"mdhd")[0].u32(12)
    layout = "Q" if last.payload[0] == 1 else "I"
    last.set(4, layout, struct.unpack_from(">" + layout, last.payload, 4)[0] + 1000 * scale)


def indexed_long(tree):
    """A change: the segment index states that each fragment lasts 100 s."""
    for index in (box for box in tree if box.kind == b"sidx"):
        start = 32 if index.payload[0] == 1 else 24
        scale, count = index.u32(8), struct.unpack_from(">H", index.payload, start - 2)[0]
        for number in range(count):
            index.set(start + 12 * number + 4, "I", 100 * scale)


def smaller_later():
    """2 s of 426x240, then 2 s of 160x120 with parameter sets of their own."""
    parts = [moving(size, 2, 5, "h264", *PLAIN) for size in (SIZE, "160x120")]
    return ffmpeg("-r", "5", "-i", "both.h264", "-c", "copy", to="mp4", both_h264=b"".join(parts))


irregular = rule("video-irregular")
irregular("second-sound-apac.mp4", "MP4 whose second audio track is of a codec that few readers know",
          lambda: edited(two_sounds(), sound_is(2, b"apac")))
irregular("first-sound-iamf.mp4", "MP4 whose first audio track is of a codec that few readers know",
          lambda: edited(two_sounds(), sound_is(1, b"iamf")))
irregular("handler-unknown.mp4", "MP4 with a second video track whose handler is not one of video",
          lambda: edited(two(clip("320x240", 3, 2, "mp4", *PLAIN)), handler(1, b"xxxx")))
irregular("second-handler.mp4", "MP4 whose track has a second handler among its media information",
          lambda: edited(plain(), add(*STBL[:4], box=Box(b"hdlr", bytes(8) + b"url " + bytes(13)))))
irregular("edit-list-counts-1-of-10.mp4", "MP4 whose edit list counts 1 of its 10 entries",
          lambda: edited(plain(), edits(1, 10)))
irregular("movie-header-in-user-data.mp4", "MP4 with another movie header of 300 s in its user data",
          lambda: edited(plain(), add(b"moov", box=header_of(300))))
irregular("times-in-user-data.mp4", "MP4 with other sample times in the user data of its track",
          lambda: edited(plain(), add(b"moov", b"trak", box=Box(b"udta", inside=[
              Box(b"stts", struct.pack(">IIII", 0, 1, 30, 102400))]))))
irregular("pixel-aspect-overflows.mp4", "MP4 with a pixel aspect ratio of 4294967295:1",
          lambda: edited(plain(), pixel_aspect(0xFFFFFFFF, 1)))
irregular("times-below-0.mp4", "MP4 with a frame that lasts -1 tick", lambda: edited(plain(), backwards))

duration = rule("video-duration")
duration("media-header-0.3s.mp4", "MP4 of 3 s whose media header states 0.3 s",
         lambda: edited(plain(), of((b"moov", b"trak", b"mdia", b"mdhd"), 16, "I", 3072)))
duration("headers-all-0.mp4", "MP4 of 3 s whose headers all state 0 s",
         lambda: edited(plain(), both(movie_lasts(0), of((b"moov", b"trak", b"tkhd"), 20, "I", 0),
                                      of((b"moov", b"trak", b"mdia", b"mdhd"), 16, "I", 0), without(0, b"edts"))))
duration("track-header-30s.mp4", "MP4 of 3 s whose track header states 30 s",
         lambda: edited(plain(), of((b"moov", b"trak", b"tkhd"), 20, "I", 30000)))
duration("sound-of-14s.mp4", "MP4 of 3 s, as its movie header states, with 14 s of audio",
         lambda: edited(ffmpeg("-i", "clip.mp4", "-f", "lavfi", "-i", "sine=f=330:r=8000:d=14", "-map", "0", "-map",
                               "1", "-c:v", "copy", *AAC[:4], to="mp4", clip_mp4=plain()), movie_lasts(3)))
duration("chapter-pictures-of-14s.mp4", "MP4 of 3 s with chapter images of 14 s",
         lambda: edited(two(long()), both(movie_lasts(3), add(b"moov", b"trak", box=Box(b"tref", inside=[
             Box(b"chap", struct.pack(">I", 2))])))))
duration("frames-shown-100s-late.mp4", "MP4 of 3 s whose frames are shown up to 103 s", lambda: edited(plain(), shown_late))
duration("fragment-1000s-late.mp4", "fragmented MP4 whose last fragment is decoded 1000 s late",
         lambda: edited(fragmented(), decoded_late))
duration("segment-index-100s.mp4", "fragmented MP4 of 3 s whose index says 100 s a fragment",
         lambda: edited(moving(SIZE, 3, 10, "mp4", *PLAIN, *FRAGMENTS[:3], "+dash+frag_keyframe+empty_moov"
                               "+default_base_moof"), indexed_long))
duration("fragments-header-60s.mp4", "fragmented MP4 of 3 s whose mehd box says 60 s",
         lambda: edited(fragmented(), lambda tree: boxes.find(tree, b"moov", b"mvex")[0].inside.insert(
             0, Box(b"mehd", struct.pack(">II", 0, 60000)))))

dimensions = rule("video-dimensions")
dimensions("second-entry-8192x8192.mp4", "MP4 with a second sample entry of 8192x8192, which no sample uses",
           lambda: edited(plain(), second_entry(8192, 8192)))
dimensions("empty-track-8192x8192-first.mp4", "MP4 with a first track of 8192x8192 without samples",
           lambda: edited(plain(), empty_first))
dimensions("later-frames-160x120.mp4", "MP4 whose frames are 160x120 from 2 s on", smaller_later)

sound = rule("audio-format")
for ending in ("mp4", "mov", "3gp", "mkv", "ts"):
    sound(f"sound-alone.{ending}", f"{ending.upper()} with audio alone",
          lambda e=ending: ffmpeg("-f", "lavfi", "-i", "sine=f=330:r=8000:d=2.5", "-ac", "1", *AAC[:4],
                                  *(["-f", "matroska"] if e == "mkv" else []), to=e))
sound("sound-alone.webm", "WebM with audio alone",
      lambda: ffmpeg("-f", "lavfi", "-i", "sine=f=330:r=16000:d=2.5", "-ac", "1", "-c:a", "libopus", "-b:a", "8k", to="webm"))
