"""Job files whose only findings are notes: their assets are paths, which the rule url-local reports."""

import json

import jpeg
import mpegaudio as mp3
import movies
import png
from registry import below

media = below("jobs/media")
job = below("jobs/accept")

START, END, VOICE, CLIP = ("../media/" + name for name in ("start.png", "end.png", "voice.mp3", "clip.mp4"))

media("start.png", "a first frame, 640x360", lambda: png.rgb(640, 360))
media("end.png", "a last frame, 640x360", lambda: png.palette(640, 360, 4))
media("end-portrait.jpg", "a last frame that is higher than wide, 360x640", lambda: jpeg.flat(360, 640))
media("voice.mp3", "speech of 4 s, or what stands for it", lambda: mp3.small(4))
media("clip.mp4", "a clip of 3 s", lambda: movies.clip("640x360", 3, 10, "mp4"))
media("clip-6s.mp4", "a clip of 6 s", lambda: movies.clip("640x360", 6, 5, "mp4"))


def text(body):
    """A value as an indented JSON file."""
    return (json.dumps(body, indent=2, ensure_ascii=False) + "\n").encode()


def first_frame(**fields):
    """The simplest job, with more fields."""
    return text({"start_image_url": START, **fields})


job("first-frame.json", "a first frame and a prompt", first_frame(prompt="The sun rises."))
job("first-frame-alone.json", "a first frame and nothing else", first_frame())
job("first-last-frame.json", "a first and a last frame", first_frame(end_image_url=END, prompt="The sun sets."))
job("first-frame-audio.json", "a first frame and audio of 4 s in a video of 5 s", first_frame(audio_url=VOICE))
job("first-last-frame-audio.json", "two frames and audio", first_frame(end_image_url=END, audio_url=VOICE, duration=5))
job("video-continuation.json", "a clip of 3 s, 8 s in all", text({"video_url": CLIP, "duration": 8}))
job("video-continuation-default.json", "a clip of 3 s, the default of 5 s in all", text({"video_url": CLIP}))
job("video-continuation-end.json", "a clip and a last frame",
    text({"video_url": CLIP, "end_image_url": END, "duration": 8}))
job("every-field.json", "every field of a first-frame job",
    first_frame(end_image_url=END, audio_url=VOICE, prompt="Wind.", negative_prompt="blurry", resolution="720P",
                duration=10, seed=12345, webhook_url="https://hooks.acme-studio.net/wan?job=1",
                additional_settings={"prompt_extend": True}))
job("settings-empty.json", "additional settings without any", first_frame(additional_settings={}))
job("resolution-1080p.json", "the default resolution, spelled out", first_frame(resolution="1080P"))
job("duration-2.json", "the shortest duration", first_frame(duration=2))
job("duration-15.json", "the longest duration", first_frame(duration=15))
job("duration-5.0.json", "5.0 is the integer 5", b'{"start_image_url": "../media/start.png", "duration": 5.0}\n')
job("duration-1e1.json", "1e1 is the integer 10", b'{"start_image_url": "../media/start.png", "duration": 1e1}\n')
job("seed-0.json", "the lowest seed", first_frame(seed=0))
job("seed-2147483647.json", "the highest seed", first_frame(seed=2147483647))
job("prompt-5000.json", "a prompt of exactly 5000 characters", first_frame(prompt="abcde" * 1000))
job("prompt-5000-umlauts.json", "5000 characters that are 10 000 bytes", first_frame(prompt="ä" * 5000))
job("prompt-2500-emoji.json", "2500 emoji: 5000 units of UTF-16", first_frame(prompt="😀" * 2500))
job("negative-prompt-500.json", "a negative prompt of exactly 500 characters", first_frame(negative_prompt="a" * 500))
job("prompt-unicode.json", "many scripts", first_frame(prompt="Ärger 東京 שלום \u0301 👩\u200d🚀 \u202e"))
job("prompt-escapes.json", "escapes, surrogate pairs among them",
    rb'{"start_image_url": "..\/media\/start.png", "prompt": "\ud83d\ude00 \u00e4 \"quoted\" \\ \n\t"}' b"\n")
job("crlf.json", "lines that end in CRLF", first_frame(prompt="x").replace(b"\n", b"\r\n"))
job("byte-order-mark.json", "a byte order mark before the object", b"\xef\xbb\xbf" + first_frame())
job("compact.json", "no blanks, no line end", b'{"start_image_url":"../media/start.png"}')
job("envelope.json", "a job in its envelope", text({"id": "shot-1", "job": {"start_image_url": START}}))
job("array.json", "three jobs in an array",
    text([{"start_image_url": START}, {"id": "b", "job": {"video_url": CLIP}}, {"start_image_url": START, "seed": 7}]))
job("lines.jsonl", "three jobs, one a line",
    b'{"start_image_url": "../media/start.png"}\n{"id": 2, "job": {"video_url": "../media/clip.mp4"}}\n'
    b'{"start_image_url": "../media/start.png", "seed": 3}\n')
job("lines-blank-crlf.jsonl", "jobs among blank lines, with CRLF and no last line end",
    b'\r\n{"start_image_url": "../media/start.png"}\r\n\r\n  \r\n{"video_url": "../media/clip.mp4"}')
job("job.yml", "YAML with comments and a folded prompt", b"""\
# one job
start_image_url: ../media/start.png
prompt: >-
  The character walks forward slowly,
  wind in the hair.
resolution: 720P   # a string
duration: 5
seed: 0x10
additional_settings:
  prompt_extend: true
""")
job("array.yaml", "jobs in a YAML list", b"""\
---
- start_image_url: ../media/start.png
  prompt: "quoted: \\u00e4"
- id: second
  job:
    video_url: '../media/clip.mp4'
    duration: 8
""")
job("core-schema.yml", "words that YAML 1.1 took for booleans and numbers are strings", b"""\
start_image_url: ../media/start.png
prompt: yes
negative_prompt: off
""")
job("flow.yml", "YAML in flow style", b'{start_image_url: ../media/start.png, prompt: "x", duration: 5}\n')
