"""Golden file for org.rtda.core.corruption.MotionBlur: ImageMagick's motion blur, which MedMNIST-C calls through Wand.

The angle is given here; the corruption draws it. Made with ImageMagick 6.9.11-60 Q16.

Run: apt-get install libmagickwand-dev && pip install Wand==0.7.2 numpy && python motion_blur_golden.py
"""
import numpy as np
from wand.image import Image

import golden_format

SETTINGS = [(2, 2, -44), (5, 5, -30.5), (9, 7, -8), (9, 10, 0), (13, 10, 17.25), (17, 12, 44)]


def motion_blur(image, radius, sigma, degrees):
    with Image.from_array(np.ascontiguousarray(image.transpose(1, 2, 0))) as picture:
        picture.motion_blur(radius=radius, sigma=sigma, angle=degrees)
        return np.array(picture)[:, :, : image.shape[0]].transpose(2, 0, 1).astype(np.uint8)


def main():
    inputs = {k: v for k, v in golden_format.inputs().items() if k not in ("narrow", "flat")}
    golden_format.write(
        "corruption-motion-blur",
        [
            (f"{key} {radius} {sigma} {degrees}", motion_blur(image, radius, sigma, degrees))
            for key, image in inputs.items()
            for radius, sigma, degrees in SETTINGS
        ],
    )


if __name__ == "__main__":
    main()
