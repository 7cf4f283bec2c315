#!/usr/bin/env python3
"""Imports the data sets that the API's examples name, and submits an experiment on one of them, so that what is asked for is there.

    seed.py http://HOST:PORT FOLDER

Writes the names into experiments.txt and datasets.txt of the folder, one a line.
"""

import io
import json
import struct
import sys
import time
import urllib.error
import urllib.request
import uuid
import zipfile
from collections.abc import Iterable
from pathlib import Path

DATASETS = ("breastmnist", "phantom-mammogram")
SIDE = 8
IMAGES = {"train": 8, "val": 4, "test": 4}


def npy(kind: str, shape: tuple, data: bytes) -> bytes:
    header = f"{{'descr': '{kind}', 'fortran_order': False, 'shape': {shape}, }}"
    padded = header.ljust(117) + "\n"
    return b"\x93NUMPY\x01\x00" + struct.pack("<H", len(padded)) + padded.encode() + data


def npz() -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as parts:
        seed = 0
        for split, count in IMAGES.items():
            pixels = bytes((seed * 7 + place * 31) % 256 for place in range(count * SIDE * SIDE))
            # of two splits no image may be the same
            seed += 13
            parts.writestr(f"{split}_images.npy", npy("|u1", (count, SIDE, SIDE), pixels))
            parts.writestr(f"{split}_labels.npy", npy("|u1", (count, 1), bytes(image % 2 for image in range(count))))
    return file.getvalue()


def ask(gateway: str, method: str, path: str, body: bytes | None = None, kind: str | None = None) -> tuple[int, bytes]:
    request = urllib.request.Request(gateway + path, data=body, method=method)
    if kind:
        request.add_header("Content-Type", kind)
    try:
        with urllib.request.urlopen(request, timeout=60) as answer:
            return answer.status, answer.read()
    except urllib.error.HTTPError as refused:
        return refused.code, refused.read()


def form(fields: dict[str, bytes]) -> tuple[bytes, str]:
    boundary = uuid.uuid4().hex
    body = b""
    for name, value in fields.items():
        file = '; filename="images.npz"' if name == "file" else ""
        body += f'--{boundary}\r\nContent-Disposition: form-data; name="{name}"{file}\r\n\r\n'.encode() + value + b"\r\n"
    return body + f"--{boundary}--\r\n".encode(), f"multipart/form-data; boundary={boundary}"


def expect(status: int, answer: tuple[int, bytes], what: str) -> bytes:
    if answer[0] != status:
        sys.exit(f"seed: {what} was answered with {answer[0]}: {answer[1].decode(errors='replace')}")
    return answer[1]


def write(dictionary: Path, names: Iterable[str]) -> None:
    """In the form that schemathesis reads."""
    dictionary.write_text("".join(f'"{name}"\n' for name in names))


def main() -> None:
    gateway, folder = sys.argv[1].rstrip("/"), Path(sys.argv[2])
    write(folder / "datasets.txt", DATASETS)
    for name in DATASETS:
        body, kind = form({"name": name.encode(), "classes": b"malignant,normal", "file": npz()})
        expect(201, ask(gateway, "POST", "/api/v1/datasets", body, kind), f"the import of {name}")
    spec = json.dumps({"dataset": "breastmnist", "network": "resnet8", "batchSize": 4, "epochs": 1}).encode()
    answer = expect(201, ask(gateway, "POST", "/api/v1/experiments", spec, "application/json"), "the submission")
    experiment = json.loads(answer)["id"]
    for _ in range(240):
        if ask(gateway, "GET", f"/api/v1/experiments/{experiment}")[0] == 200:
            write(folder / "experiments.txt", [experiment])
            return
        time.sleep(0.25)
    sys.exit(f"seed: experiment {experiment} does not come into the read model")


if __name__ == "__main__":
    main()
