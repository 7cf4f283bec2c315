"""Golden files for org.rtda.core.corruption: Pillow (13.0.0), OpenCV (5.0.0) and MedMNIST-C's parameters.

Each operation is the original's on the 8-bit image; only the scaling of pixel-counting parameters to sides below 224 is
this project's own rule (see GaussianBlur and Pixelate).

Run: pip install pillow==13.0.0 opencv-python-headless==5.0.0.93 numpy && python corruption_golden.py
"""
import io

import cv2
import numpy as np
from PIL import Image, ImageEnhance

import golden_format
from augment_golden import from_pillow, to_pillow

CHEST = {
    "pixelate": [0.8, 0.7, 0.6, 0.5, 0.4],
    "jpeg": [50, 30, 15, 10, 7],
    "gaussian-blur": [3, 5, 7, 9, 11],
    "brightness-up": [1.1, 1.2, 1.3, 1.4, 1.5],
    "brightness-down": [0.9, 0.8, 0.7, 0.6, 0.5],
    "contrast-up": [1.1, 1.2, 1.3, 1.4, 1.6],
    "contrast-down": [0.9, 0.8, 0.7, 0.6, 0.4],
    "gamma-up": [1.1, 1.2, 1.3, 1.4, 1.6],
    "gamma-down": [0.9, 0.8, 0.7, 0.6, 0.4],
}
ULTRASOUND = {
    "pixelate": [0.30, 0.25, 0.20, 0.15, 0.10],
    "brightness-up": [1.4, 1.5, 1.6, 1.8, 2.0],
    "brightness-down": [0.55, 0.50, 0.45, 0.40, 0.30],
}


def pixelate(image, factor, cap):
    picture = to_pillow(image)
    factor = min(factor * (224 / min(picture.size)), cap)
    width, height = picture.size
    small = picture.resize((int(width * factor), int(height * factor)), Image.BOX)
    return from_pillow(small.resize((width, height), Image.BOX))


def jpeg(image, quality, _):
    buffer = io.BytesIO()
    to_pillow(image).save(buffer, "JPEG", quality=quality)
    return from_pillow(Image.open(buffer))


def blur(image, size, _):
    scale = max(min(image.shape[1:]) / 224, 0.4)
    kernel = 2 * max(1, int((size * scale - 1) / 2 + 0.5)) + 1
    sigma = scale * (0.3 * ((size - 1) / 2 - 1) + 0.8)
    planes = [
        cv2.GaussianBlur(plane.astype(np.float32), (kernel, kernel), sigma, borderType=cv2.BORDER_REFLECT_101)
        for plane in image
    ]
    return np.clip(np.rint(np.stack(planes)), 0, 255).astype(np.uint8)


def gamma(image, exponent, _):
    return np.clip(np.rint(255 * (image / 255.0) ** exponent), 0, 255).astype(np.uint8)


def enhance(kind):
    return lambda image, factor, _: from_pillow(kind(to_pillow(image)).enhance(factor))


OPERATIONS = {
    "pixelate": pixelate,
    "jpeg": jpeg,
    "gaussian-blur": blur,
    "brightness-up": enhance(ImageEnhance.Brightness),
    "brightness-down": enhance(ImageEnhance.Brightness),
    "contrast-up": enhance(ImageEnhance.Contrast),
    "contrast-down": enhance(ImageEnhance.Contrast),
    "gamma-up": gamma,
    "gamma-down": gamma,
}


def rgb_of_odd_sides():
    return golden_format.gradient(3, 45, 27)


def large():
    y, x = np.mgrid[0:224, 0:224]
    rings = 127.5 + 127.5 * np.cos(np.hypot(y - 100, x - 120) / 9)
    return np.rint(rings).astype(np.uint8)[None]


def main():
    inputs = {k: v for k, v in golden_format.inputs().items() if k not in ("narrow", "flat")}
    inputs["rgb-odd"] = rgb_of_odd_sides()
    inputs["large"] = large()
    golden_format.write("corruption-inputs", list(inputs.items()))
    for suffix, table in (("", CHEST), ("-ultrasound", ULTRASOUND)):
        for name, parameters in table.items():
            records = []
            for key, image in inputs.items():
                for severity, parameter in enumerate(parameters, start=1):
                    if key == "large" and (severity % 2 == 0 or OPERATIONS[name] not in (pixelate, blur)):
                        continue  # full size matters where pixels are counted; every other severity keeps files small
                    if suffix and name != "pixelate" and key not in ("blobs", "noise"):
                        continue
                    cap = CHEST["pixelate"][severity - 1]
                    records.append((f"{key} {severity}", OPERATIONS[name](image, parameter, cap)))
            golden_format.write("corruption-" + name + suffix, records)


if __name__ == "__main__":
    main()
