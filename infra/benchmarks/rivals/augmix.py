"""AugMix (Hendrycks et al., ICLR 2020, algorithm 1) of each image with Pillow's operations: width 3, severity 3, depth drawn
from 1 to 3, every operation. One unit of work is a view of each image. See one_core.py for the protocol."""

import one_core

import numpy as np
from PIL import Image, ImageEnhance, ImageOps

WIDTH = 3
SEVERITY = 3
MOST = 10


def main():
    parser = one_core.arguments(__doc__)
    parser.add_argument("--resampling", choices=("bicubic", "bilinear"), default="bilinear",
                        help="of the affine operations; bilinear in the paper's code")
    settings = parser.parse_args()
    images = one_core.images(settings)
    resampling = Image.BICUBIC if settings.resampling == "bicubic" else Image.BILINEAR
    random = np.random.default_rng(1)

    def level():
        return random.uniform(0.1, SEVERITY)

    def signed(value):
        return -value if random.random() < 0.5 else value

    def affine(image, *matrix):
        return image.transform(image.size, Image.AFFINE, matrix, resample=resampling)

    def enhanced(kind):
        return lambda image: kind(image).enhance(level() * 1.8 / MOST + 0.1)

    def third():
        return int(level() * (settings.side / 3) / MOST)

    operations = [
        lambda image: ImageOps.autocontrast(image),
        lambda image: ImageOps.equalize(image),
        lambda image: ImageOps.posterize(image, 4 - int(level() * 4 / MOST)),
        lambda image: image.rotate(signed(int(level() * 30 / MOST)), resample=resampling),
        lambda image: ImageOps.solarize(image, 256 - int(level() * 256 / MOST)),
        lambda image: affine(image, 1, signed(level() * 0.3 / MOST), 0, 0, 1, 0),
        lambda image: affine(image, 1, 0, 0, signed(level() * 0.3 / MOST), 1, 0),
        lambda image: affine(image, 1, 0, signed(third()), 0, 1, 0),
        lambda image: affine(image, 1, 0, 0, 0, 1, signed(third())),
        enhanced(ImageEnhance.Contrast),
        enhanced(ImageEnhance.Brightness),
        enhanced(ImageEnhance.Sharpness),
    ]

    def values(image):
        return np.asarray(image, dtype=np.float32) / 255

    def view(image):
        weights = np.float32(random.dirichlet([1] * WIDTH))
        share = np.float32(random.beta(1, 1))
        mixed = np.zeros((settings.side, settings.side), dtype=np.float32)
        for weight in weights:
            chained = image
            for _ in range(random.integers(1, 4)):
                chained = operations[random.integers(len(operations))](chained)
            mixed += weight * values(chained)
        return (1 - share) * values(image) + share * mixed

    one_core.take_turns(lambda: [view(image) for image in images])


if __name__ == "__main__":
    main()
