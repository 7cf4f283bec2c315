"""The corruptions as MedMNIST-C makes them, with NumPy, Pillow and OpenCV, on 8-bit grey images. One unit of work is each
of the five severities of one corruption on each image. See one_core.py for the protocol.

A grey image gets one draw of noise where a draw of 0.67 times the deviation has the same distribution as the luma of three
channels, and three where it has not; MedMNIST-C draws three always, which takes longer. Motion blur is ImageMagick's there;
here it is that algorithm in NumPy. Strengths are the chest X-ray column's, motion blur's the ultrasound one's."""

import io
import sys

import one_core

import numpy as np
from PIL import Image, ImageEnhance

LUMA = np.array([0.299, 0.587, 0.114])
GREY = 0.67
STRENGTHS = {
    "gaussian-noise": (0.04, 0.05, 0.06, 0.07, 0.08),
    "speckle-noise": (0.05, 0.07, 0.10, 0.15, 0.20),
    "gaussian-blur": (3, 5, 7, 9, 11),
    "contrast-down": (0.9, 0.8, 0.7, 0.6, 0.4),
    "brightness-up": (1.1, 1.2, 1.3, 1.4, 1.5),
    "jpeg": (50, 30, 15, 10, 7),
    "pixelate": (0.8, 0.7, 0.6, 0.5, 0.4),
    "impulse-noise": (0.005, 0.01, 0.013, 0.017, 0.02),
    "shot-noise": (300, 200, 150, 100, 80),
    "motion-blur": ((5, 5), (9, 7), (9, 10), (13, 10), (17, 12)),
    "brightness-down": (0.9, 0.8, 0.7, 0.6, 0.5),
    "contrast-up": (1.1, 1.2, 1.3, 1.4, 1.6),
    "gamma-up": (1.1, 1.2, 1.3, 1.4, 1.6),
    "gamma-down": (0.9, 0.8, 0.7, 0.6, 0.4),
}
random = np.random.default_rng(1)


def values(image):
    return np.asarray(image) / 255.0


def image_of(pixels):
    return Image.fromarray((np.clip(pixels, 0, 1) * 255).astype(np.uint8))


def gaussian_noise(image, sigma):
    x = values(image)
    return image_of(x + random.normal(size=x.shape, scale=GREY * sigma))


def speckle_noise(image, sigma):
    x = values(image)
    return image_of(x + x * random.normal(size=x.shape, scale=GREY * sigma))


def impulse_noise(image, share):
    x = np.stack([values(image)] * 3, axis=-1)
    hit = random.random(x.shape) < share
    salt = random.random(x.shape) < 0.5
    x[hit & salt] = 1
    x[hit & ~salt] = 0
    return image_of(x @ LUMA)


def shot_noise(image, photons):
    x = np.stack([values(image)] * 3, axis=-1)
    return image_of(np.clip(random.poisson(x * photons) / photons, 0, 1) @ LUMA)


def blur_scale(image):
    return max(image.size[0] / 224, 0.4)


def gaussian_blur(image, size):
    import cv2

    scale = blur_scale(image)
    kernel = 2 * max(1, int((size * scale - 1) / 2 + 0.5)) + 1
    sigma = scale * (0.3 * ((size - 1) / 2 - 1) + 0.8)
    return Image.fromarray(
        cv2.GaussianBlur(np.asarray(image), (kernel, kernel), sigma, borderType=cv2.BORDER_REFLECT_101))


def motion_blur(image, strength):
    x = np.asarray(image, dtype=np.float32)
    scale = blur_scale(image)
    radius, sigma = strength[0] * scale, strength[1] * scale
    angle = np.deg2rad(random.uniform(-45, 45))
    offsets = np.arange(2 * max(1, round(radius)) + 1)
    weights = np.exp(-offsets ** 2 / (2 * sigma ** 2))
    weights /= weights.sum()
    height, width = x.shape
    trail = np.zeros_like(x)
    for offset, weight in zip(offsets, weights):
        columns = np.clip(np.arange(width) + round(offset * np.cos(angle)), 0, width - 1)
        rows = np.clip(np.arange(height) + round(offset * np.sin(angle)), 0, height - 1)
        trail += np.float32(weight) * x[rows[:, None], columns]
    return Image.fromarray(np.clip(trail, 0, 255).astype(np.uint8))


def jpeg(image, quality):
    file = io.BytesIO()
    image.save(file, "JPEG", quality=quality)
    decoded = Image.open(file)
    decoded.load()
    return decoded


def pixelate(image, factor):
    width, height = image.size
    return image.resize((int(width * factor), int(height * factor)), Image.BOX).resize((width, height), Image.BOX)


def brightness(image, factor):
    return ImageEnhance.Brightness(image).enhance(factor)


def contrast(image, factor):
    return ImageEnhance.Contrast(image).enhance(factor)


def gamma(image, exponent):
    return image_of(values(image) ** exponent)


OPERATIONS = {
    "gaussian-noise": gaussian_noise,
    "speckle-noise": speckle_noise,
    "gaussian-blur": gaussian_blur,
    "contrast-down": contrast,
    "brightness-up": brightness,
    "jpeg": jpeg,
    "pixelate": pixelate,
    "impulse-noise": impulse_noise,
    "shot-noise": shot_noise,
    "motion-blur": motion_blur,
    "brightness-down": brightness,
    "contrast-up": contrast,
    "gamma-up": gamma,
    "gamma-down": gamma,
}


def require_opencv():
    try:
        import cv2
    except ImportError:
        print("missing opencv-python-headless")
        sys.exit(3)
    cv2.setNumThreads(1)


def main():
    parser = one_core.arguments(__doc__)
    parser.add_argument("--corruption", choices=sorted(OPERATIONS), required=True)
    settings = parser.parse_args()
    if settings.corruption == "gaussian-blur":
        require_opencv()
    images = one_core.images(settings)
    operation = OPERATIONS[settings.corruption]

    def unit():
        for strength in STRENGTHS[settings.corruption]:
            for image in images:
                # the services work on numbers in [0,1], and so does a network
                np.asarray(operation(image, strength), dtype=np.float32) / 255

    one_core.take_turns(unit)


if __name__ == "__main__":
    main()
