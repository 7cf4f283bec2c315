"""What the rivals of one core share: the images, and the protocol with processor time.

Prints `ready` when warmed up, or `missing NAME` (exit code 3); then for each line `go` on its standard input does one unit of
work and prints the milliseconds of processor time it took; ends with its input."""

import argparse
import os
import sys
import time

for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[name] = "1"
try:
    import numpy as np
    from PIL import Image
except ImportError as missing:
    print("missing", missing.name)
    sys.exit(3)


def arguments(description):
    parser = argparse.ArgumentParser(description=description)
    parser.add_argument("--images", required=True, help="file of N x SIDE x SIDE bytes, grey")
    parser.add_argument("--side", type=int, required=True, help="in pixels")
    return parser


def images(settings):
    """Pillow's grey images."""
    pixels = np.fromfile(settings.images, dtype=np.uint8).reshape(-1, settings.side, settings.side)
    return [Image.fromarray(each) for each in pixels]


def take_turns(unit):
    unit()
    print("ready", flush=True)
    for line in sys.stdin:
        if line.strip() != "go":
            print("expected go, got", line.strip(), file=sys.stderr)
            sys.exit(2)
        start = time.process_time()
        unit()
        print(f"{1000 * (time.process_time() - start):.3f}", flush=True)
