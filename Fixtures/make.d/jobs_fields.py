"""Job files that break one rule of syntax, of a field, or between fields."""

from jobs_accept import text
from registry import below, fixture

MEDIA = "../../media/"
START, END, PORTRAIT, VOICE, CLIP, CLIP_6S = (
    MEDIA + name for name in ("start.png", "end.png", "end-portrait.jpg", "voice.mp3", "clip.mp4", "clip-6s.mp4"))
HEAD = b'{"start_image_url": "../../media/start.png", '


def rule(name):
    """`fixture` for job files that break a rule."""
    return below(f"jobs/reject/{name}")


def first_frame(**fields):
    """The simplest job, with more fields."""
    return text({"start_image_url": START, **fields})


def each(job, field, cases):
    """A job file for each (name, JSON source) of one field."""
    for name, source in cases:
        job(f"{name}.json", f"{field}: {source if len(source) < 40 else name}",
            HEAD + b'"%s": %s}\n' % (field.encode(), source.encode()))


syntax = rule("job-syntax")
bound = rule("probe-limit")
syntax("trailing-comma.json", "a comma after the last field", HEAD + b'"seed": 1,}\n')
syntax("missing-brace.json", "the closing brace is missing", HEAD + b'"seed": 1\n')
syntax("missing-comma.json", "a comma is missing, on line 3",
       b'{\n  "start_image_url": "../../media/start.png"\n  "seed": 1\n}\n')
syntax("single-quotes.json", "single quotes", b"{'start_image_url': '../../media/start.png'}\n")
syntax("comment.json", "a comment", HEAD + b'"seed": 1 /* any */}\n')
syntax("duplicate-key.json", "one key twice", HEAD + b'"seed": 1, "seed": 2}\n')
syntax("duplicate-key-escaped.json", "one key twice, once with an escape", HEAD + b'"seed": 1, "s\\u0065ed": 2}\n')
syntax("duplicate-key-inside.json", "one key twice in the settings",
       HEAD + b'"additional_settings": {"prompt_extend": true, "prompt_extend": false}}\n')
syntax("control-character.json", "a line end inside a string", HEAD + b'"prompt": "a\nb"}\n')
syntax("lone-surrogate.json", "half a surrogate pair", HEAD + b'"prompt": "\\ud83d!"}\n')
syntax("invalid-utf8.json", "bytes that are not valid UTF-8", HEAD + b'"prompt": "\xc3\x28\xff"}\n')
syntax("utf16.json", "UTF-16", '\ufeff{"start_image_url": "../../media/start.png"}\n'.encode("utf-16-le"))
syntax("leading-zero.json", "a number with a leading zero", HEAD + b'"seed": 01}\n')
syntax("nan.json", "NaN", HEAD + b'"seed": NaN}\n')
fixture("jobs/accept/two-values.json", "two objects, one a line, in a .json file",
       b'{"start_image_url": "../media/start.png"}\n{"start_image_url": "../media/start.png"}\n')
syntax("empty.json", "no content", b"")
syntax("blanks.json", "blanks alone", b" \n\n")
syntax("string.json", "a string where an object belongs", b'"start"\n')
syntax("number.json", "a number where an object belongs", b"5\n")
syntax("null.json", "null where an object belongs", b"null\n")
syntax("array-of-strings.json", "an array of strings", b'["../../media/start.png"]\n')
syntax("envelope-not-object.json", "an envelope whose job is a string", b'{"id": "a", "job": "start"}\n')
bound("nested-10000.json", "10 000 arrays inside each other",
       HEAD + b'"prompt": ' + b"[" * 10000 + b"]" * 10000 + b"}\n")
syntax("truncated-line.jsonl", "the second of three lines is cut",
       b'{"start_image_url": "../../media/start.png"}\n{"start_image_url": "../../me\n'
       b'{"start_image_url": "../../media/start.png", "seed": 3}\n')
syntax("not-object-line.jsonl", "the second line is an array", b'{"video_url": "../../media/clip.mp4"}\n[1]\n')
syntax("tab.yml", "a tab as indentation",
       b"start_image_url: ../../media/start.png\nadditional_settings:\n\tprompt_extend: true\n")
syntax("duplicate-key.yml", "one key twice", b"start_image_url: ../../media/start.png\nseed: 1\nseed: 2\n")
syntax("unclosed-quote.yml", "a quote that is not closed", b'start_image_url: "../../media/start.png\nseed: 1\n')
syntax("unknown-anchor.yml", "an alias without its anchor", b"start_image_url: *start\n")
fixture("jobs/accept/two-documents.yml", "two documents",
       b"start_image_url: ../media/start.png\n---\nstart_image_url: ../media/start.png\n")
bound("alias-bomb.yml", "aliases that multiply to a billion",
       b"a: &a [x, x, x, x, x, x, x, x, x, x]\n" + b"".join(
           b"%c: &%c [%s]\n" % (97 + n, 97 + n, b", ".join([b"*%c" % (96 + n)] * 10)) for n in range(1, 9))
       + b"prompt: *i\n")

kind = rule("job-field-type")
each(kind, "duration", [("duration-string", '"5"'), ("duration-fraction", "5.5"), ("duration-null", "null"),
                        ("duration-bool", "true"), ("duration-array", "[5]")])
each(kind, "seed", [("seed-string", '"1"'), ("seed-fraction", "1.5"), ("seed-object", "{}")])
each(kind, "prompt", [("prompt-number", "5"), ("prompt-null", "null"), ("prompt-empty", '""'),
                      ("prompt-array", '["x"]'),
                      ("prompt-bool", "false")])
each(kind, "negative_prompt", [("negative-prompt-empty", '""'), ("negative-prompt-number", "1")])
each(kind, "resolution", [("resolution-number", "720"), ("resolution-null", "null")])
each(kind, "end_image_url", [("end-image-null", "null"), ("end-image-empty", '""'),
                             ("end-image-object", '{"url": "x"}')])
each(kind, "webhook_url", [("webhook-null", "null"), ("webhook-empty", '""'), ("webhook-bool", "true")])
each(kind, "additional_settings", [("settings-string", '"prompt_extend"'), ("settings-null", "null"),
                                   ("settings-array", "[]"), ("settings-extend-string", '{"prompt_extend": "true"}')])
kind("start-image-number.json", "start_image_url: 7", b'{"start_image_url": 7}\n')
kind("duration-string.yml", "YAML: a quoted duration", b'start_image_url: ../../media/start.png\nduration: "5"\n')
kind("empty-value.yml", "YAML: a field without a value, which is null",
     b"start_image_url: ../../media/start.png\nseed:\n")

unknown = rule("job-unknown-field")
unknown("promt.json", "prompt misspelled", first_frame(promt="wind"))
unknown("start-image.json", "start_image beside start_image_url", first_frame(start_image=START))
unknown("camel-case.json", "negativePrompt", first_frame(negativePrompt="blurry"))
unknown("other-case.json", "Prompt", first_frame(Prompt="wind"))
fixture("jobs/accept/in-settings.json", "a setting of which the page says nothing",
        text({"start_image_url": "../media/start.png", "additional_settings": {"prompt_extent": True}}))
unknown("in-envelope.json", "an unknown field beside id and job", text({"id": "a", "job": {"start_image_url": START},
                                                                        "note": "x"}))

mode = rule("job-mode")
mode("empty.json", "no asset, no field", b"{}\n")
mode("prompt-only.json", "a prompt alone", text({"prompt": "wind"}))
mode("end-only.json", "a last frame alone", text({"end_image_url": END}))
mode("audio-only.json", "audio alone", text({"audio_url": VOICE}))
mode("end-and-audio.json", "a last frame and audio", text({"end_image_url": END, "audio_url": VOICE}))
mode("start-and-video.json", "a first frame and a clip", text({"start_image_url": START, "video_url": CLIP}))
mode("everything.json", "all four assets",
     text({"start_image_url": START, "end_image_url": END, "audio_url": VOICE, "video_url": CLIP}))
mode("start-image-misspelled.yml", "start_image alone: a first frame under a wrong name",
     b"start_image: ../../media/start.png\nprompt: wind\n")

prompt = rule("prompt-length")
prompt("5001.json", "5001 characters", first_frame(prompt="a" * 5001))
prompt("20000.json", "20 000 characters", first_frame(prompt="word " * 4000))
prompt("2501-emoji.json", "2501 emoji: 2501 scalars, 5002 units of UTF-16: readings disagree",
       first_frame(prompt="😀" * 2501))
prompt("5000-emoji.json", "5000 emoji: readings disagree", first_frame(prompt="😀" * 5000))
prompt("5001-emoji.json", "5001 emoji: too long under every reading", first_frame(prompt="😀" * 5001))
prompt("5001-combining.json", "2501 letters with an accent of their own: 5002 scalars",
       first_frame(prompt="e\u0301" * 2501))
negative = rule("negative-prompt-length")
negative("501.json", "501 characters", first_frame(negative_prompt="a" * 501))
negative("251-emoji.json", "251 emoji: readings disagree", first_frame(negative_prompt="😀" * 251))

each(rule("resolution"), "resolution", [("720p", '"720p"'), ("4k", '"4K"'), ("1280x720", '"1280x720"'),
                                        ("blank", '"720P "'), ("480p", '"480P"')])
each(rule("duration-range"), "duration", [("1", "1"), ("16", "16"), ("0", "0"), ("minus-1", "-1"),
                                          ("int64-more", "9223372036854775808"), ("1e400", "1e400")])
each(rule("seed-range"), "seed", [("minus-1", "-1"), ("2147483648", "2147483648"), ("1e30", "1e30")])
each(rule("webhook-url"), "webhook_url", [
    ("words", '"call me"'), ("path", '"/hooks/wan"'), ("no-scheme", '"hooks.acme-studio.net/wan"'),
    ("ftp", '"ftp://hooks.acme-studio.net/wan"'), ("no-host", '"https:///wan"'), ("mailto", '"mailto:a@b.net"')])

covers = rule("duration-covers-video")
covers("equal.json", "3 s in all of a clip of 3 s", text({"video_url": CLIP, "duration": 3}))
covers("less.json", "2 s in all of a clip of 3 s", text({"video_url": CLIP, "duration": 2}))
covers("default-5.json", "the default of 5 s and a clip of 6 s", text({"video_url": CLIP_6S}))
rule("audio-with-video")("audio-with-video.json", "audio beside a clip",
                         text({"video_url": CLIP, "audio_url": VOICE, "duration": 8}))
rule("audio-exceeds-duration")("4s-in-3s.json", "audio of 4 s in a video of 3 s",
                               first_frame(audio_url=VOICE, duration=3))
shape = rule("frame-aspect-mismatch")
shape("landscape-portrait.json", "a first frame of 16:9, a last one of 9:16", first_frame(end_image_url=PORTRAIT))
shape("video-portrait.json", "a clip of 16:9, a last frame of 9:16",
      text({"video_url": CLIP, "end_image_url": PORTRAIT, "duration": 8}))

asset = rule("assets")
asset("start-image-corrupt.json", "a first frame with a wrong checksum",
      text({"start_image_url": "../../../reject/image-corrupt/png-wrong-idat-crc.png"}))
asset("start-image-is-mp4.json", "a clip where a picture belongs", text({"start_image_url": CLIP}))
asset("audio-is-picture.json", "an image in place of audio", first_frame(audio_url=END))
asset("video-is-audio.json", "audio in place of a clip", text({"video_url": VOICE}))
asset("several-faults.jsonl", "jobs with several faults each",
      b'{"start_image_url": "../../media/start.png", "duration": 99, "seed": -5, "resolution": "4K", "promt": "x"}\n'
      b'{"start_image_url": "../../media/none.png", "end_image_url": "", "prompt": 5}\n')
