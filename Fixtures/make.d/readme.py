"""The job at the top of README.md, and its assets: each of them has a fault."""

import png
from registry import below
from reject_audio import encoded

item = below("readme")

item("job.json", "the job that the README shows", b"""{
  "prompt": "slow pan over the lake",
  "start_image_url": "lake.png",
  "audio_url": "theme.mp3",
  "resolution": "1080p",
  "duration": 5
}
""")
item("lake.png", "200x150: too small", lambda: png.rgb(200, 150))
item("theme.mp3", "FLAC, whatever its name says", lambda: encoded("flac"))
