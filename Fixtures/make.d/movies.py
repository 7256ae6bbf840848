"""Small clips through ffmpeg: flat colours and test patterns of few frames."""

import tools

X264 = ["-c:v", "libx264", "-preset", "medium", "-crf", "36", "-pix_fmt", "yuv420p"]
X265 = ["-c:v", "libx265", "-preset", "fast", "-crf", "40", "-pix_fmt", "yuv420p", "-x265-params",
        "pools=none:frame-threads=1:log-level=error:info=0"]
AAC = ["-c:a", "aac", "-b:a", "16k", "-ac", "1", "-ar", "16000"]
FAST = ["-movflags", "+faststart"]


@tools.once
def clip(size, seconds, rate, to, *arguments):
    """A clip of one colour without audio; `arguments` are ffmpeg's output options."""
    source = f"color=c=teal:s={size}:r={rate}:d={seconds}"
    return tools.ffmpeg("-f", "lavfi", "-i", source, *(arguments or X264), to=to)


@tools.once
def with_sound(size, seconds, rate, to, *arguments):
    """A clip with a moving pattern and a tone."""
    picture = f"testsrc=s={size}:r={rate}:d={seconds}"
    sound = f"sine=f=330:r=16000:d={seconds}"
    return tools.ffmpeg("-f", "lavfi", "-i", picture, "-f", "lavfi", "-i", sound, *(arguments or X264 + AAC), to=to)


@tools.once
def moving(size, seconds, rate, to, *arguments):
    """A clip with a moving pattern, without audio."""
    return tools.ffmpeg("-f", "lavfi", "-i", f"testsrc=s={size}:r={rate}:d={seconds}", *(arguments or X264), to=to)
