"""The little container of the golden files, read in Java by GoldenFile.

gzip of big-endian: int records; per record: UTF-8 key (unsigned short length, bytes), byte channels,
short height, short width, then channels * height * width bytes (C x H x W).
"""
import gzip
import pathlib
import struct

import numpy as np

FOLDER = pathlib.Path(__file__).resolve().parent.parent / "resources" / "golden"


def write(name, records):
    """records: list of (key, uint8 array C x H x W)"""
    FOLDER.mkdir(parents=True, exist_ok=True)
    body = [struct.pack(">i", len(records))]
    for key, image in records:
        assert image.dtype == np.uint8 and image.ndim == 3, (key, image.dtype, image.shape)
        encoded = key.encode()
        body.append(struct.pack(">H", len(encoded)) + encoded)
        body.append(struct.pack(">bhh", *image.shape) + image.tobytes())
    data = gzip.compress(b"".join(body), compresslevel=9, mtime=0)
    (FOLDER / (name + ".golden.gz")).write_bytes(data)
    print(f"{name}: {len(records)} images, {len(data)} bytes")


def inputs():
    """Name -> uint8 C x H x W: gradients, noise, blobs; grey 28x28 and 64x64, RGB 32x32, and sides that differ."""
    random = np.random.default_rng(20250617)
    noise = random.integers(0, 256, (1, 28, 28), dtype=np.uint8)
    return {
        "noise": noise,
        "blobs": blobs(random, 1, 28, 28),
        "narrow": (90 + noise // 8).astype(np.uint8),  # few grey values: stretching matters
        "flat": np.full((1, 28, 28), 77, np.uint8),
        "scan": blobs(random, 1, 64, 64),
        "oblong": gradient(1, 20, 36),
        "rgb-blobs": blobs(random, 3, 32, 32),
        "rgb-gradient": gradient(3, 32, 32),
    }


def gradient(channels, height, width):
    y, x = np.mgrid[0:height, 0:width]
    planes = [(x * (3 + c) + y * (5 - c) * 7 // 4 + 20 * c) % 256 for c in range(channels)]
    return np.stack(planes).astype(np.uint8)


def blobs(random, channels, height, width):
    y, x = np.mgrid[0:height, 0:width]
    image = np.zeros((channels, height, width))
    for _ in range(7):
        cy, cx, radius = random.uniform(0, height), random.uniform(0, width), random.uniform(0.05, 0.25) * height
        bump = np.exp(-((y - cy) ** 2 + (x - cx) ** 2) / (2 * radius**2))
        image += random.uniform(30, 160, (channels, 1, 1)) * bump
    image += random.normal(0, 6, image.shape)
    return np.clip(image, 0, 255).astype(np.uint8)
