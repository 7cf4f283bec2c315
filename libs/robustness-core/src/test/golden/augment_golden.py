"""Golden files for org.rtda.core.augment, made with Pillow (13.0.0).

Run: pip install pillow==13.0.0 numpy && python augment_golden.py
"""
import numpy as np
from PIL import Image, ImageEnhance, ImageOps

import golden_format

LEVELS = [0.1, 1.0, 2.4, 3.0, 7.3, 9.9]  # below 10, where posterize would keep no bit and Pillow refuses


def whole(level, greatest):
    return int(level * greatest / 10)


def share(level, greatest):
    return float(level) * greatest / 10.0


def affine(image, matrix):
    return image.transform(image.size, Image.AFFINE, matrix, resample=Image.BICUBIC)


def enhance(kind):
    return lambda image, level, sign: kind(image).enhance(share(level, 1.8) + 0.1)


NO_LEVEL = {
    "autocontrast": lambda image, level, sign: ImageOps.autocontrast(image),
    "equalize": lambda image, level, sign: ImageOps.equalize(image),
}
UNSIGNED = {
    "posterize": lambda image, level, sign: ImageOps.posterize(image, 4 - whole(level, 4)),
    "solarize": lambda image, level, sign: ImageOps.solarize(image, 256 - whole(level, 256)),
    "contrast": enhance(ImageEnhance.Contrast),
    "brightness": enhance(ImageEnhance.Brightness),
    "sharpness": enhance(ImageEnhance.Sharpness),
    "color": enhance(ImageEnhance.Color),
}
SIGNED = {
    "rotate": lambda image, level, sign: image.rotate(sign * whole(level, 30), resample=Image.BICUBIC),
    "shear-x": lambda image, level, sign: affine(image, (1, sign * share(level, 0.3), 0, 0, 1, 0)),
    "shear-y": lambda image, level, sign: affine(image, (1, 0, 0, sign * share(level, 0.3), 1, 0)),
    "translate-x": lambda image, level, sign: affine(
        image, (1, 0, sign * whole(level, image.size[0] / 3), 0, 1, 0)
    ),
    "translate-y": lambda image, level, sign: affine(
        image, (1, 0, 0, 0, 1, sign * whole(level, image.size[1] / 3))
    ),
}


def to_pillow(image):
    return Image.fromarray(image[0] if image.shape[0] == 1 else np.ascontiguousarray(image.transpose(1, 2, 0)))


def from_pillow(image):
    array = np.asarray(image)
    return np.ascontiguousarray(array[None] if array.ndim == 2 else array.transpose(2, 0, 1))


def main():
    inputs = golden_format.inputs()
    golden_format.write("inputs", list(inputs.items()))
    for operations, levels, signs in ((NO_LEVEL, [1.0], [1]), (UNSIGNED, LEVELS, [1]), (SIGNED, LEVELS, [1, -1])):
        for name, operation in operations.items():
            records = []
            for key, image in inputs.items():
                if name == "color" and image.shape[0] == 1:
                    continue
                for level in levels:
                    for sign in signs:
                        result = from_pillow(operation(to_pillow(image), level, sign))
                        records.append((f"{key} {level} {sign}", result))
            golden_format.write("augment-" + name, records)


if __name__ == "__main__":
    main()
