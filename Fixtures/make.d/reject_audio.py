"""Audio that breaks one rule each."""

import struct

import mpegaudio as mp3
import wav
from pictures import noise
from registry import below, fixture
from reject_images import cut, ftyp_stub, overwritten, rule
from tools import ffmpeg

SINE = ("-f", "lavfi", "-i", "sine=f=330:r=16000:d=2.5", "-ac", "1")


def xing_zero(data):
    """An Info header without values."""
    at = data.index(b"Info") + 8
    return data[:at] + bytes(4) + data[at + 4:]


def encoded(to, *arguments):
    """A tone of 2.5 s in another format."""
    return ffmpeg(*SINE, *arguments, to=to)


other = rule("audio-format")
for name, what, arguments in (
        ("flac.flac", "FLAC", []), ("ogg-vorbis.ogg", "Ogg Vorbis", ["-c:a", "libvorbis", "-q:a", "0"]),
        ("ogg-opus.opus", "Ogg Opus", ["-c:a", "libopus", "-b:a", "8k"]),
        ("aac-adts.aac", "AAC in ADTS frames", ["-b:a", "16k"]), ("aac.m4a", "AAC in M4A", ["-b:a", "16k"]),
        ("aiff.aiff", "AIFF", ["-ar", "8000"]), ("wma.wma", "Windows Media Audio", ["-b:a", "32k"]),
        ("ac3.ac3", "AC-3", ["-b:a", "32k"]), ("mp2.mp2", "MPEG layer II", ["-b:a", "32k"]),
        ("caf.caf", "Core Audio", ["-c:a", "pcm_mulaw"]), ("au.au", "Sun audio", ["-c:a", "pcm_mulaw"]),
        ("wave64.w64", "Wave64", ["-ar", "8000"])):
    other(name, what, lambda n=name, a=tuple(arguments): encoded(n.rsplit(".", 1)[1], *a))
other("flac-named.mp3", "FLAC named .mp3", lambda: encoded("flac"))
other("ac3-behind-id3.mp3", "AC-3 after an ID3 tag",
      lambda: mp3.id3v2(mp3.title("x")) + encoded("ac3", "-b:a", "32k"))
other("aac-behind-id3.mp3", "AAC after an ID3 tag",
      lambda: mp3.id3v2(mp3.title("x")) + encoded("aac", "-b:a", "16k"))
other("midi.mid", "MIDI",
      b"MThd" + struct.pack(">IHHH", 6, 0, 1, 96) + b"MTrk" + struct.pack(">I", 4) + b"\0\xff\x2f\0")
other("m4b-stub.m4b", "the head of an audio book", ftyp_stub(b"M4B ", b"mp42"))

no_stream = rule("audio-no-stream")
no_stream("no-data-chunk.wav", "WAV without a data chunk",
          lambda: wav.file(wav.format_chunk(1, 1, 8000, 16), wav.chunk(b"LIST", b"INFO")))
no_stream("empty-data.wav", "WAV with an empty data chunk",
          lambda: wav.file(wav.format_chunk(1, 1, 8000, 16), wav.chunk(b"data", b"")))
no_stream("header-only.wav", "WAV of 12 bytes", lambda: wav.file())
no_stream("id3-only.mp3", "an ID3 tag and nothing else", lambda: mp3.id3v2(mp3.title("silence"), padding=500))

duration = rule("audio-duration")
duration("wav-1.99s.wav", "WAV of 1.99 s", lambda: wav.tone(1.99, bits=8))
duration("wav-one-sample-less.wav", "WAV of 2 s less one sample", lambda: wav.tone(15999 / 8000, bits=8))
duration("wav-30.01s.wav", "WAV of 30.01 s", lambda: wav.tone(30.01, rate=2000, bits=8))
duration("wav-one-sample-more.wav", "WAV of 30 s and one sample", lambda: wav.tone(60001 / 2000, rate=2000, bits=8))
duration("mp3-1s.mp3", "MP3 of 1 s", lambda: mp3.small(1))
duration("mp3-31s.mp3", "MP3 of 31 s", lambda: mp3.tone(31, 8000, "-b:a", "8k"))
duration("mp3-readings-disagree-2s.mp3", "MP3 that presents 1.95 s in packets of more than 2 s",
         lambda: mp3.small(1.95))
duration("mp3-readings-disagree-30s.mp3", "MP3 that presents 29.95 s in packets of more than 30 s",
         lambda: mp3.tone(29.95, 8000, "-b:a", "8k"))
duration("wav-data-size-0.wav", "WAV of 3 s whose data chunk states 0 bytes",
         lambda: wav.file(fmt(), wav.chunk(b"data", bytes(24000), size=0)))
duration("one-sample.wav", "WAV of one sample", lambda: wav.tone(1 / 8000, bits=16))

duration("wav-fact-40s.wav", "WAV of 3 s whose fact chunk states 40 s",
         lambda: wav.file(fmt(), wav.chunk(b"fact", struct.pack("<I", 320000)), wav.chunk(b"data", bytes(24000))))
duration("wav-two-data.wav", "WAV with data chunks of 3 s and 31 s",
         lambda: wav.file(fmt(rate=3000), wav.chunk(b"data", bytes([128]) * 9000), wav.chunk(b"data", bytes([128]) * 93000)))
duration("wav-pcm-is-mp3.wav", "WAV that states 3 s of PCM and holds 36 s of MP3 frames",
         lambda: wav.file(fmt(rate=5500, block=2, bits=16), wav.chunk(b"data", mp3.tone(36, 8000, "-b:a", "8k", "-write_xing", "0")[:33000])))
duration("mp3-xing-0.mp3", "MP3 whose Info header states 0 frames", lambda: xing_zero(mp3.small(3)))
duration("mp3-in-ape-front.mp3", "MP3 of 3 s after an APE tag that claims 31 s of frames",
         lambda: mp3.ape_around(mp3.tone(31, 8000, "-b:a", "8k", "-write_xing", "0")) + mp3.small(3, "-write_xing", "0"))
duration("mp3-in-id3-front.mp3", "MP3 of 3 s after an ID3 tag that claims 31 s of frames",
         lambda: mp3.id3v2((b"PRIV", b"x\0" + mp3.tone(31, 8000, "-b:a", "8k", "-write_xing", "0")))
         + mp3.small(3, "-write_xing", "0"))
duration("a-law-16.wav", "A-law of 40 s that states samples of 16 bits and so 20 s",
         lambda: wav.file(fmt(code=6, rate=3000, block=2, bits=16), wav.chunk(b"data", b"\xd5" * 120000)))

codec = rule("audio-codec")
for name, what, arguments in (
        ("adpcm-ms", "Microsoft ADPCM", ["-c:a", "adpcm_ms"]), ("adpcm-ima", "IMA ADPCM", ["-c:a", "adpcm_ima_wav"]),
        ("mu-law", "mu-law", ["-c:a", "pcm_mulaw"]), ("a-law", "A-law", ["-c:a", "pcm_alaw"]),
        ("gsm", "GSM 6.10", ["-c:a", "libgsm_ms", "-ar", "8000"]),
        ("mp3", "MP3", ["-c:a", "libmp3lame", "-b:a", "16k"])):
    codec(f"{name}.wav", f"{what} in WAV", lambda a=tuple(arguments): encoded("wav", *a))
fixture("accept/audio/wav-f64.wav", "64-bit float in WAV", lambda: encoded("wav", "-c:a", "pcm_f64le", "-ar", "4000"))


def wav_with(head, data=None):
    """A WAV of 2.5 s with another fmt chunk."""
    return wav.file(head, wav.chunk(b"data", wav.samples(20000, 8000, 1, 8) if data is None else data))


def sized(riff=0, data=0):
    """A WAV of 2.5 s whose sizes are off."""
    samples = wav.samples(20000, 8000, 1, 8)
    return wav.file(fmt(), wav.chunk(b"data", samples, len(samples) + data), size=36 + len(samples) + riff)


def fmt(code=1, channels=1, rate=8000, block=1, bits=8):
    """A fmt chunk of numbers that may contradict each other."""
    return wav.chunk(b"fmt ", struct.pack("<HHIIHH", code, channels, rate, rate * block, block, bits))


JUNK = noise(3000, 3).replace(b"\xff", b"\x00")

corrupt = rule("audio-corrupt")
corrupt("wav-no-channels.wav", "WAV of 0 channels", lambda: wav_with(fmt(channels=0)))
corrupt("wav-no-rate.wav", "WAV of 0 samples a second", lambda: wav_with(fmt(rate=0)))
corrupt("wav-no-block.wav", "WAV with blocks of 0 bytes", lambda: wav_with(fmt(block=0)))
corrupt("wav-wrong-block.wav", "WAV whose block size contradicts its bits", lambda: wav_with(fmt(block=7, bits=16)))
corrupt("wav-no-format.wav", "WAV without a fmt chunk", lambda: wav_with(wav.chunk(b"LIST", b"INFO")))
corrupt("wav-short-format.wav", "WAV with a fmt chunk of 8 bytes", lambda: wav_with(wav.chunk(b"fmt ", bytes(8))))
corrupt("mp3-damaged.mp3", "MP3, 700 bytes in its middle overwritten",
        lambda: overwritten(mp3.small(3), 3000, noise(700, 5).replace(b"\xff", b"\x00")))
corrupt("mp3-hole.mp3", "MP3, a piece of 1000 bytes cut out, which the Info header still counts",
        lambda: mp3.small(3)[:2500] + mp3.small(3)[3500:])
corrupt("mp3-noise-between.mp3", "MP3 with noise between two frames, and nothing that proves both whole",
        lambda: mp3.between(mp3.small(3, "-write_xing", "0"), JUNK[:70]))

irregular = rule("audio-irregular")
irregular("mp3-junk-first.mp3", "MP3 after 3000 bytes of junk", lambda: JUNK + mp3.small(3))
irregular("mp3-junk-last.mp3", "MP3 before 3000 bytes of junk", lambda: mp3.small(3) + JUNK)
irregular("mp3-text-between.mp3", "MP3 of constant rate with text between two frames",
          lambda: mp3.between(mp3.small(3, "-write_xing", "0"), b"now playing: tone; " * 2))
irregular("mp3-noise-between.mp3", "MP3 with noise between two frames, which the encoder's checksum proves whole",
          lambda: mp3.between(mp3.small(3), JUNK[:70]))
irregular("wav-riff-size-counts-itself.wav", "WAV whose RIFF size is 8 too large", lambda: sized(riff=8))
irregular("wav-riff-size-short.wav", "WAV whose RIFF size is 36 too small", lambda: sized(riff=-36))
irregular("wav-data-size-is-riff-size.wav", "WAV whose data size is 36 too large and whose RIFF size is right",
          lambda: sized(data=36))
irregular("wav-data-size-short.wav", "WAV whose data size is 2000 too small and whose RIFF size is right",
          lambda: sized(data=-2000))
irregular("wav-bytes-behind.wav", "WAV with 100 bytes after its RIFF chunk", lambda: wav.tone(2.5) + JUNK[:100])
irregular("wav-three-joined.wav", "three WAVs, one after the other", lambda: wav.tone(2.5, bits=8) * 3)
irregular("wav-valid-8-in-16.wav", "WAV, EXTENSIBLE: 8 valid bits in 16, which FFmpeg reads as twice as long",
          lambda: wav.valid_bits(8, 16, 2.5))


def rf64_cut():
    """RF64, first 60 %."""
    return cut(wav.rf64(wav.samples(20000, 8000, 1, 8), head=wav.format_chunk(1, 1, 8000, 8), samples_in_all=20000))


truncated = rule("audio-truncated")
truncated("wav-60-percent.wav", "WAV, first 60 %, which is still more than 2 s", lambda: cut(wav.tone(4, bits=8)))
truncated("wav-two-bytes-less.wav", "WAV, the last two bytes missing", lambda: wav.tone(2.5)[:-2])
truncated("wav-cut-in-header.wav", "WAV of 30 bytes", lambda: wav.tone(2.5)[:30])
truncated("wav-rf64-60-percent.wav", "RF64, first 60 %", rf64_cut)
truncated("wav-list-cut.wav", "WAV whose data is whole and whose last chunk is cut",
          lambda: wav.file(wav.format_chunk(1, 1, 8000, 8), wav.chunk(b"data", wav.samples(20000, 8000, 1, 8)),
                           wav.chunk(b"LIST", b"INFO" + bytes(96)))[:-60])
truncated("mp3-info-60-percent.mp3", "MP3 with an Info header, first 60 %, still more than 2 s",
          lambda: cut(mp3.small(4)))
truncated("mp3-xing-60-percent.mp3", "MP3 with a Xing header, first 60 %",
          lambda: cut(mp3.tone(4, 44100, "-q:a", "9")))
truncated("mp3-vbri-60-percent.mp3", "MP3 with a VBRI header, first 60 %",
          lambda: cut(mp3.with_vbri(mp3.tone(4, 44100, "-b:a", "40k", "-write_xing", "0"))))
truncated("mp3-cut-in-id3.mp3", "MP3 cut inside its ID3 tag",
          lambda: mp3.id3v2(mp3.title("x"), padding=3000)[:900])

truncated("mp3-last-frame-cut.mp3", "MP3 that states no length, cut inside its last frame: a warning",
          lambda: mp3.small(3, "-write_xing", "0")[:-30])

fixture("reject/depth-insufficient/mp3-no-xing.mp3", "MP3 whose length only counting tells",
        lambda: mp3.small(4, "-write_xing", "0"))
fixture("reject/depth-insufficient/mp3-padding-60k.mp3",
        "MP3 after an ID3 tag and 60 kB of zeros that the tag does not count: good at depth full",
        lambda: mp3.id3v2(mp3.title("tone")) + bytes(60_000) + mp3.small(3))
undeclared = below("reject/end-undeclared")
undeclared("mp3-frames-only.mp3", "MP3 whose Info header counts frames and no bytes: without a note at depth full",
           lambda: mp3.frames_only(mp3.small(3)))
undeclared("mp3-no-xing.mp3", "MP3 without a header that counts its frames", lambda: mp3.small(3, "-write_xing", "0"))
undeclared("mp3-no-xing-vbr.mp3", "MP3 of variable rate without a Xing header",
           lambda: mp3.tone(3, 44100, "-q:a", "9", "-write_xing", "0"))
undeclared("wav-stream-ffffffff.wav", "WAV as it is streamed: both sizes ffffffff",
           lambda: wav.file(wav.format_chunk(1, 1, 8000, 8),
                            wav.chunk(b"data", wav.samples(20000, 8000, 1, 8), wav.UNKNOWN), size=wav.UNKNOWN))
for size in (0x7FFFFFFF, 0x7FFFF000, 2000000000):
    undeclared(f"wav-stream-{size:x}.wav", f"WAV as it is streamed: data size {size:x}",
               lambda size=size: wav.file(wav.format_chunk(1, 1, 8000, 8),
                                          wav.chunk(b"data", wav.samples(20000, 8000, 1, 8), size), size=size + 36))
undeclared("wav-stream-zero.wav", "WAV as it is streamed: both sizes 0",
           lambda: wav.file(wav.format_chunk(1, 1, 8000, 8),
                            wav.chunk(b"data", wav.samples(20000, 8000, 1, 8), 0), size=0))
