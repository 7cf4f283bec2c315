"""The container of the golden files, read in Java by GoldenImage.

gzip of big-endian values: int files; per file: name, int length, bytes, reason why the reference does not decode it (empty where it
does), int records; per record: key, int width, height, channels, bits, then H x W x C unsigned shorts. Texts are UTF-8 after an
unsigned short length.
"""
import gzip
import pathlib
import struct

import numpy as np

FOLDER = pathlib.Path(__file__).resolve().parent.parent / "resources" / "golden"


def record(key, samples, bits):
    samples = np.asarray(samples)
    height, width = samples.shape[:2]
    channels = 1 if samples.ndim == 2 else samples.shape[2]
    if bits > 16:
        raise ValueError("pydicom decodes it, but a sample here has at most 16 bits")
    assert samples.min() >= 0 and samples.max() < 1 << bits, (key, samples.min(), samples.max(), bits)
    return text(key) + struct.pack(">iiii", width, height, channels, bits) + samples.astype(">u2").tobytes()


def text(key):
    encoded = key.encode()
    return struct.pack(">H", len(encoded)) + encoded


def entry(path, reason, records):
    content = path.read_bytes()
    print(f"{path.name}: {len(content)} bytes, {len(records)} records {reason}")
    return (
        text(path.name)
        + struct.pack(">i", len(content))
        + content
        + text(reason)
        + struct.pack(">i", len(records))
        + b"".join(records)
    )


def write_container(path, entries):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(gzip.compress(struct.pack(">i", len(entries)) + b"".join(entries), compresslevel=9, mtime=0))
    print(f"{path.name}: {len(entries)} files, {path.stat().st_size} bytes")
