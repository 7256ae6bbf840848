"""MP3 files: tones encoded by LAME, and the tags and headers around the frames."""

import struct

import tools
import wav

_RATES = {3: (44100, 48000, 32000), 2: (22050, 24000, 16000), 0: (11025, 12000, 8000)}
_KBPS = {3: (0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320),
         2: (0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160)}


@tools.once
def tone(seconds, rate, *arguments):
    """A tone through LAME, without ID3 unless `arguments` of ffmpeg ask for it."""
    channels = 2 if "stereo" in arguments else 1
    rest = [word for word in arguments if word != "stereo"]
    source = wav.tone(seconds, rate, channels)
    return tools.ffmpeg("-i", "tone.wav", "-c:a", "libmp3lame", "-id3v2_version", "0", *rest, to="mp3",
                        tone_wav=source)


def small(seconds, *arguments):
    """16 kHz mono at 16 kbit/s."""
    return tone(seconds, 16000, "-b:a", "16k", *arguments)


def frame_size(header):
    """The size of the layer III frame that begins with these four bytes."""
    word = struct.unpack(">I", header[:4])[0]
    version, rate = word >> 19 & 3, word >> 10 & 3
    kbps = _KBPS[3 if version == 3 else 2][word >> 12 & 15]
    return (144 if version == 3 else 72) * kbps * 1000 // _RATES[version][rate] + (word >> 9 & 1)


def frames(data):
    """The frames of a file that holds nothing but frames."""
    at = 0
    while at + 4 <= len(data):
        size = frame_size(data[at:])
        yield data[at:at + size]
        at += size


def with_vbri(data, delay=1160):
    """Frames (a file without a Xing header) after a VBRI header that counts them."""
    parts = list(frames(data))
    empty = parts[0][:4] + bytes(len(parts[0]) - 4)
    whole = len(empty) + len(data)
    per_entry = 10
    table = [parts[at:at + per_entry] for at in range(0, len(parts), per_entry)]
    entries = b"".join(struct.pack(">H", sum(map(len, group))) for group in table)
    head = b"VBRI" + struct.pack(">HHHIIHHHH", 1, delay, 75, whole, len(parts), len(table), 1, 2, per_entry)
    body = empty[:36] + head + entries
    if len(body) > len(empty):
        raise ValueError("the VBRI table does not fit its frame")
    return body.ljust(len(empty), b"\0") + data


def frames_only(data):
    """A file whose Info header states the number of frames and nothing else."""
    at = data.index(b"Info")
    return data[:at + 4] + struct.pack(">I", 1) + data[at + 8:at + 12] + bytes(140) + data[at + 152:]


def between(data, junk, after=20):
    """Bytes between two frames."""
    parts = list(frames(data))
    return b"".join(parts[:after]) + junk + b"".join(parts[after:])


def with_lame_tag(data, version=b"LAME3.100"):
    """A file with a Xing or Info header whose encoder is named `version`, as LAME itself writes it."""
    at = next(place for place in (data.find(b"Xing"), data.find(b"Info")) if place >= 0)
    tag = at + 120
    patched = bytearray(data)
    patched[tag:tag + 9] = version.ljust(9)
    patched[tag + 34:tag + 36] = struct.pack(">H", _crc16(bytes(patched[:tag + 34])))
    return bytes(patched)


def _crc16(data):
    crc = 0
    for byte in data:
        crc ^= byte
        for _ in range(8):
            crc = crc >> 1 ^ (0xA001 if crc & 1 else 0)
    return crc


def id3v2(*frames, version=3, padding=0):
    """An ID3v2 tag of frames (name, payload)."""
    body = b"".join(name + (struct.pack(">I", len(payload)) if version == 3 else syncsafe(len(payload)))
                    + b"\0\0" + payload for name, payload in frames) + bytes(padding)
    return b"ID3" + bytes([version, 0, 0]) + syncsafe(len(body)) + body


def syncsafe(value):
    """Four bytes of seven bits."""
    return bytes(value >> shift & 0x7F for shift in (21, 14, 7, 0))


def title(text):
    """The frame of a title."""
    return b"TIT2", b"\0" + text.encode("latin-1")


def picture(data, kind="image/png"):
    """The frame of a front cover."""
    return b"APIC", b"\0" + kind.encode() + b"\0\x03\0" + data


def id3v1(text):
    """The 128 bytes at the end."""
    return b"TAG" + text.encode("latin-1").ljust(30, b"\0") + bytes(94) + b"\xff"


def ape_around(data):
    """An APE tag's header that claims `data` for its items."""
    return b"APETAGEX" + struct.pack("<IIII", 2000, len(data), 1, 0xA0000000) + bytes(8) + data


def apev2(key, value):
    """An APEv2 tag of one item, with header and footer."""
    item = struct.pack("<II", len(value), 0) + key.encode() + b"\0" + value.encode()

    def block(flags):
        return b"APETAGEX" + struct.pack("<IIII", 2000, len(item) + 32, 1, flags) + bytes(8)

    return block(0xA0000000) + item + block(0x80000000)
