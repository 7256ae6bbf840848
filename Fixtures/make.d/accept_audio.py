"""Audio that must be valid without a finding."""

import struct

import mpegaudio as mp3
import png
import wav
from registry import below
from tools import ffmpeg

audio = below("accept/audio")


def pcm(*before, seconds=2.5, after=(), bits=16):
    """A WAV with chunks around its data."""
    data = wav.samples(round(seconds * 8000), 8000, 1, bits)
    return wav.file(*before, wav.format_chunk(wav.PCM, 1, 8000, bits), *after, wav.chunk(b"data", data))


def odd_data():
    """An odd number of bytes in the data chunk, padded."""
    data = wav.samples(20001, 8000, 1, 8)
    return wav.file(wav.format_chunk(wav.PCM, 1, 8000, 8), wav.chunk(b"data", data), wav.chunk(b"LIST", b"INFO"))


def rf64():
    """RF64 with ds64."""
    data = wav.samples(20000, 8000, 1, 8)
    return wav.rf64(data, head=wav.format_chunk(wav.PCM, 1, 8000, 8), samples_in_all=20000)


def broadcast():
    """A bext chunk and a fact chunk."""
    bext = b"a broadcast wave".ljust(602, b"\0")
    return pcm(wav.chunk(b"bext", bext), after=[wav.chunk(b"fact", struct.pack("<I", 20000))])


def extensible(channels, bits, sub=wav.PCM):
    """WAVE_FORMAT_EXTENSIBLE."""
    data = wav.samples(20000, 8000, channels, bits, sub == wav.FLOAT)
    return wav.file(wav.format_chunk(0, channels, 8000, bits, sub), wav.chunk(b"data", data))


INFO = wav.chunk(b"LIST", b"INFO" + wav.chunk(b"INAM", b"odd"))

audio("wav-s16-mono.wav", "WAV, 16 bits, mono", lambda: wav.tone(2.5))
audio("wav-s16-stereo.wav", "WAV, 16 bits, stereo", lambda: wav.tone(2.5, channels=2))
audio("wav-u8.wav", "WAV, 8 bits", lambda: wav.tone(3, bits=8))
audio("wav-s24.wav", "WAV, 24 bits", lambda: wav.tone(2.5, bits=24))
audio("wav-s32.wav", "WAV, 32 bits", lambda: wav.tone(2.5, bits=32))
audio("wav-f32.wav", "WAV, 32-bit float", lambda: wav.tone(2.5, bits=32, floating=True))
audio("wav-44100.wav", "WAV, 8 bits at 44.1 kHz", lambda: wav.tone(2.1, rate=44100, bits=8))
audio("wav-extensible.wav", "WAV, EXTENSIBLE around 16-bit PCM, stereo", lambda: extensible(2, 16))
audio("wav-extensible-f32.wav", "WAV, EXTENSIBLE around 32-bit float", lambda: extensible(1, 32, wav.FLOAT))
audio("wav-rf64.wav", "RF64 with its sizes in ds64", rf64)
audio("wav-list-before-data.wav", "WAV with a LIST chunk before its data", lambda: pcm(after=[INFO]))
audio("wav-junk-first.wav", "WAV with JUNK before fmt", lambda: pcm(wav.chunk(b"JUNK", bytes(28))))
audio("wav-broadcast.wav", "Broadcast WAV: bext and fact", broadcast)
audio("wav-odd-data.wav", "WAV with an odd number of bytes, padded, and a LIST chunk after it", odd_data)
audio("wav-ffmpeg.wav", "WAV as ffmpeg writes it",
      lambda: ffmpeg("-f", "lavfi", "-i", "sine=f=330:r=8000:d=2.25", to="wav"))
audio("edge-2s.wav", "WAV of exactly 2 s", lambda: wav.tone(2, bits=8))
audio("edge-30s.wav", "WAV of exactly 30 s", lambda: wav.tone(30, bits=8))

audio("mp3-cbr.mp3", "MPEG-1 MP3, constant rate, Info header", lambda: mp3.tone(3, 44100, "-b:a", "32k"))
audio("mp3-stereo.mp3", "MPEG-1 MP3, joint stereo, Info header", lambda: mp3.tone(3, 48000, "-b:a", "48k", "stereo"))
audio("mp3-vbr.mp3", "MPEG-1 MP3, variable rate, Xing header", lambda: mp3.tone(3, 44100, "-q:a", "9"))
audio("mp3-vbr-lame.mp3", "MPEG-1 MP3, variable rate, Xing header with LAME's own tag",
      lambda: mp3.with_lame_tag(mp3.tone(3, 44100, "-q:a", "9")))
audio("mp3-vbri.mp3", "MPEG-1 MP3, VBRI header",
      lambda: mp3.with_vbri(mp3.tone(3, 44100, "-b:a", "40k", "-write_xing", "0")))
audio("mp3-mpeg2.mp3", "MPEG-2 MP3, 22.05 kHz", lambda: mp3.tone(3, 22050, "-b:a", "16k"))
audio("mp3-mpeg25.mp3", "MPEG-2.5 MP3, 8 kHz", lambda: mp3.tone(3, 8000, "-b:a", "8k"))
audio("mp3-id3v2-id3v1.mp3", "MP3 between ID3v2.3 and ID3v1",
      lambda: mp3.id3v2(mp3.title("tone")) + mp3.small(3) + mp3.id3v1("tone"))
audio("mp3-id3v24-padded.mp3", "MP3 after ID3v2.4 with padding",
      lambda: mp3.id3v2(mp3.title("tone"), version=4, padding=1000) + mp3.small(3))
audio("mp3-apev2.mp3", "MP3 before APEv2 and ID3v1",
      lambda: mp3.small(3) + mp3.apev2("Title", "tone") + mp3.id3v1("tone"))
audio("mp3-cover.mp3", "MP3 with a PNG as front cover in ID3v2.3",
      lambda: mp3.id3v2(mp3.picture(png.gray(64, 48, 1))) + mp3.small(3))
audio("wav-24-in-32.wav", "WAV, EXTENSIBLE: 24 valid bits in 32", lambda: wav.valid_bits(24, 32, 2.5))
audio("mp3-29s.mp3", "MP3 of 29 s at 8 kbit/s", lambda: mp3.tone(29, 8000, "-b:a", "8k"))
