"""Pictures and the pixels that Pillow and tifffile wrote into them, for GoldenPicturesTest: small files, all made here.

Run: pip install pillow==13.0.0 tifffile numpy && python picture_golden.py

Lossless files are expected to hold what was written, JPEG what Pillow reads from it.
"""
import io
import pathlib
import struct
import tempfile
import zlib

import numpy as np
import tifffile
from PIL import Image, ImageOps

import golden_format

ADAM7 = ((0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2))


def pixels(random, height, width, channels, greatest):
    """Noise above, a pattern below."""
    y, x = np.mgrid[0:height, 0:width]
    planes = [(x * 7 + y * (3 + c) * 5 + c * 40) % (greatest + 1) for c in range(channels)]
    image = np.stack(planes, -1)
    image[: height // 2] = random.integers(0, greatest + 1, (height // 2, width, channels))
    image = image.astype(np.uint16 if greatest > 255 else np.uint8)
    return image[:, :, 0] if channels == 1 else image


def chunk(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def interlaced(image, bits, colour):
    height, width = image.shape[:2]
    rows = b""
    for left, top, columns, lines in ADAM7:
        part = image[top::lines, left::columns]
        for row in part if part.size else ():
            if bits < 8:
                text = "".join(format(int(value), f"0{bits}b") for value in row.reshape(-1))
                text += "0" * (-len(text) % 8)
                rows += b"\0" + bytes(int(text[i : i + 8], 2) for i in range(0, len(text), 8))
            else:
                rows += b"\0" + row.astype(">u2" if bits == 16 else "u1").tobytes()
    header = struct.pack(">IIBBBBB", width, height, bits, colour, 0, 0, 1)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


def files():
    """(name, bytes, expected pixels, bits)"""
    random = np.random.default_rng(7)
    grey, grey16 = pixels(random, 13, 19, 1, 255), pixels(random, 13, 19, 1, 65535)
    rgb, rgb16 = pixels(random, 13, 19, 3, 255), pixels(random, 13, 19, 3, 65535)
    bits = (grey > 127).astype(np.uint8)
    palette = Image.fromarray(rgb).quantize(40)
    palette_rgb = np.asarray(palette.convert("RGB"))
    opaque = Image.fromarray(np.dstack([rgb, np.full(rgb.shape[:2], 255, np.uint8)]), "RGBA")
    bitmap = Image.fromarray(bits.astype(bool))

    def saved(image, kind, **options):
        out = io.BytesIO()
        image.save(out, kind, **options)
        return out.getvalue()

    for kind in ("PNG", "BMP", "TIFF"):
        yield f"grey.{kind}", saved(Image.fromarray(grey), kind), grey, 8
        yield f"rgb.{kind}", saved(Image.fromarray(rgb), kind), rgb, 8
        yield f"opaque.{kind}", saved(opaque, kind), rgb, 8
        yield f"palette.{kind}", saved(palette, kind), palette_rgb, 8
    for name, image, depth in (("grey", grey, 8), ("rgb", rgb, 8), ("grey16", grey16, 16)):
        yield f"{name}.PPM", saved(Image.fromarray(image), "PPM"), image, depth
    yield "grey16.PNG", saved(Image.fromarray(grey16), "PNG"), grey16, 16
    yield "bits.PNG", saved(bitmap, "PNG"), bits, 1
    yield "bits.BMP", saved(bitmap, "BMP"), bits * 255, 8
    yield "interlaced8.PNG", interlaced(rgb, 8, 2), rgb, 8
    yield "interlaced16.PNG", interlaced(grey16, 16, 0), grey16, 16
    yield "interlaced2.PNG", interlaced(grey // 64, 2, 0), grey // 64, 2
    yield "interlaced4.PNG", interlaced(grey[:3, :2] // 16, 4, 0), grey[:3, :2] // 16, 4
    for compression in ("tiff_lzw", "tiff_adobe_deflate", "packbits"):
        for name, image, depth in (("grey", grey, 8), ("rgb", rgb, 8), ("grey16", grey16, 16)):
            yield f"{name}-{compression}.TIFF", saved(Image.fromarray(image), "TIFF", compression=compression), image, depth
        yield f"bits-{compression}.TIFF", saved(bitmap, "TIFF", compression=compression), bits, 1
        yield f"palette-{compression}.TIFF", saved(palette, "TIFF", compression=compression), palette_rgb, 8
    large = pixels(random, 41, 50, 3, 255)
    yield "long-lzw.TIFF", saved(Image.fromarray(large), "TIFF", compression="tiff_lzw"), large, 8
    for name, image, compression in (("rgb", rgb, "tiff_lzw"), ("grey16", grey16, "tiff_adobe_deflate")):
        made = saved(Image.fromarray(image), "TIFF", compression=compression, tiffinfo={317: 2})
        yield f"differences-{name}.TIFF", made, image, 16 if name == "grey16" else 8

    def tiff(image, **options):
        out = io.BytesIO()
        tifffile.imwrite(out, image, metadata=None, **options)
        return out.getvalue()

    for name, image, depth in (("rgb", rgb, 8), ("rgb16", rgb16, 16)):
        yield f"tiles-{name}.TIFF", tiff(image, tile=(16, 16), photometric="rgb"), image, depth
        yield f"big-endian-{name}.TIFF", tiff(image, byteorder=">", photometric="rgb", rowsperstrip=5), image, depth
        planes = np.moveaxis(image, 2, 0)
        yield f"planes-{name}.TIFF", tiff(planes, planarconfig="separate", photometric="rgb", tile=(16, 16)), image, depth
    yield "white-is-zero.TIFF", tiff(grey, photometric="miniswhite"), 255 - grey, 8

    def jpeg(image, **options):
        made = saved(Image.fromarray(image), "JPEG", **options)
        return made, np.asarray(ImageOps.exif_transpose(Image.open(io.BytesIO(made)))), 8

    for subsampling in (0, 1, 2):
        yield f"rgb-{subsampling}.JPEG", *jpeg(large, quality=80, subsampling=subsampling)
    yield "progressive.JPEG", *jpeg(large, quality=80, progressive=True)
    yield "marked-rgb.JPEG", *jpeg(rgb, quality=90, keep_rgb=True)
    yield "grey.JPEG", *jpeg(grey, quality=80)
    for orientation in range(1, 9):
        exif = Image.Exif()
        exif[274] = orientation
        yield f"orientation{orientation}.JPEG", *jpeg(grey, quality=95, exif=exif)
        turned = np.asarray(ImageOps.exif_transpose(Image.open(io.BytesIO(saved(Image.fromarray(grey), "PNG", exif=exif)))))
        yield f"orientation{orientation}.PNG", saved(Image.fromarray(grey), "PNG", exif=exif), turned, 8


def main():
    entries = []
    with tempfile.TemporaryDirectory() as folder:
        for name, content, image, depth in files():
            path = pathlib.Path(folder) / name
            path.write_bytes(content)
            entries.append(golden_format.entry(path, "", [golden_format.record("none 1", image, depth)]))
    golden_format.write_container(golden_format.FOLDER / "pictures.golden.gz", entries)


if __name__ == "__main__":
    main()
