#!/usr/bin/env python3
"""Reads files with Pillow, libvips and libsndfile: a path a line on standard input, one JSON object a line on standard output.

A separate process, because hostile files may end it; its parent then starts another.
"""

import ctypes
import ctypes.util
import json
import os
import sys
import warnings

warnings.simplefilter("ignore")
STRICT = "libvips (fail on warning)"


def pillow():
    try:
        from PIL import Image, ImageFile, __version__
    except ImportError:
        return None
    ImageFile.LOAD_TRUNCATED_IMAGES = False

    def read(path):
        try:
            with Image.open(path) as image:
                image.load()
                return {"size": list(image.size)}
        except Exception as error:  # Any error of Pillow is its answer.
            return {"refused": f"{type(error).__name__}: {error}"[:160]}

    read.version = __version__
    return read


def vips():
    try:
        library = ctypes.CDLL(ctypes.util.find_library("vips") or "libvips.so.42")
    except OSError:
        return None, None
    library.vips_image_new_from_file.restype = ctypes.c_void_p
    library.vips_error_buffer.restype = ctypes.c_char_p
    library.g_object_unref = ctypes.CDLL("libgobject-2.0.so.0").g_object_unref
    library.g_object_unref.argtypes = [ctypes.c_void_p]
    library.vips_image_get_width.argtypes = library.vips_image_get_height.argtypes = [ctypes.c_void_p]
    if library.vips_init(b"oracles") != 0:
        return None, None
    library.vips_cache_set_max(0)
    library.vips_concurrency_set(1)

    def read(path, *options):
        library.vips_error_clear()
        image = library.vips_image_new_from_file(os.fsencode(path), *options, None)
        average = ctypes.c_double()
        try:
            if not image or library.vips_avg(ctypes.c_void_p(image), ctypes.byref(average), None) != 0:
                return {"refused": library.vips_error_buffer().decode(errors="replace").strip()[:160]}
            return {"size": [library.vips_image_get_width(image), library.vips_image_get_height(image)]}
        finally:
            if image:
                library.g_object_unref(image)

    library.vips_version_string.restype = ctypes.c_char_p
    read.version = library.vips_version_string().decode()

    # The same as sharp: fail_on, at VIPS_FAIL_ON_WARNING.
    def strict(path):
        return read(path, b"fail_on", ctypes.c_int(3))

    strict.version = read.version
    return read, strict


class SoundInfo(ctypes.Structure):
    _fields_ = [
        ("frames", ctypes.c_int64),
        ("rate", ctypes.c_int),
        ("channels", ctypes.c_int),
        ("format", ctypes.c_int),
        ("sections", ctypes.c_int),
        ("seekable", ctypes.c_int),
    ]


def sndfile():
    try:
        library = ctypes.CDLL(ctypes.util.find_library("sndfile") or "libsndfile.so.1")
    except OSError:
        return None
    library.sf_open.restype = ctypes.c_void_p
    library.sf_open.argtypes = [ctypes.c_char_p, ctypes.c_int, ctypes.POINTER(SoundInfo)]
    library.sf_readf_float.restype = ctypes.c_int64
    library.sf_readf_float.argtypes = [ctypes.c_void_p, ctypes.c_void_p, ctypes.c_int64]
    library.sf_close.argtypes = [ctypes.c_void_p]
    library.sf_strerror.restype = ctypes.c_char_p
    library.sf_strerror.argtypes = [ctypes.c_void_p]

    def read(path):
        info = SoundInfo()
        file = library.sf_open(os.fsencode(path), 0x10, ctypes.byref(info))
        if not file:
            return {"refused": library.sf_strerror(None).decode(errors="replace")[:160]}
        try:
            channels, rate = max(1, min(1024, info.channels)), max(1, info.rate)
            block = (ctypes.c_float * (4096 * channels))()
            count = 0
            while count < 200_000_000:
                got = library.sf_readf_float(file, block, 4096)
                if got <= 0:
                    break
                count += got
            return {"seconds": {"stated": info.frames / rate, "read": count / rate}}
        finally:
            library.sf_close(file)

    library.sf_version_string.restype = ctypes.c_char_p
    read.version = library.sf_version_string().decode().removeprefix("libsndfile-")
    return read


def main():
    lenient, strict = vips()
    images = {name: read for name, read in [("Pillow", pillow()), ("libvips", lenient), (STRICT, strict)] if read}
    sounds = {name: read for name, read in [("libsndfile", sndfile())] if read}
    print(json.dumps({name: read.version for name, read in {**images, **sounds}.items()}), flush=True)
    for line in sys.stdin:
        kind, path = json.loads(line)
        readers = images if kind == "image" else sounds if kind == "audio" else {}
        print(json.dumps({name: read(path) for name, read in readers.items()}), flush=True)


if __name__ == "__main__":
    main()
