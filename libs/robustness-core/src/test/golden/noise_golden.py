"""Golden moments for the noises of org.rtda.core.corruption, as MedMNIST-C draws them (numpy 2.4.6, Pillow 13.0.0).

A grey image is repeated as RGB, noise is drawn for each channel, the result is cut to 8 bits and turned grey by Pillow. Of
each noise and severity: the mean of the noisy values and the deviation of what was added, in unit range, over many draws.

Run: pip install numpy==2.4.6 pillow==13.0.0 && python noise_golden.py
"""
import numpy as np
from PIL import Image

import golden_format

DRAWS = 4000
TABLES = {
    ("gaussian-noise", "CHEST_XRAY"): [0.04, 0.05, 0.06, 0.07, 0.08],
    ("speckle-noise", "CHEST_XRAY"): [0.05, 0.07, 0.10, 0.15, 0.20],
    ("speckle-noise", "ULTRASOUND"): [0.10, 0.15, 0.20, 0.25, 0.30],
    ("impulse-noise", "CHEST_XRAY"): [0.005, 0.01, 0.013, 0.017, 0.02],
    ("shot-noise", "CHEST_XRAY"): [300, 200, 150, 100, 80],
}


def gaussian(random, x, sigma):
    return x + random.normal(0, sigma, x.shape)


def speckle(random, x, sigma):
    return x + x * random.normal(0, sigma, x.shape)


def impulse(random, x, share):
    hit = random.random(x.shape) < share
    return np.where(hit, random.integers(0, 2, x.shape), x)


def shot(random, x, photons):
    return random.poisson(x * photons) / photons


NOISES = {"gaussian-noise": gaussian, "speckle-noise": speckle, "impulse-noise": impulse, "shot-noise": shot}


def main():
    random = np.random.default_rng(7)
    lines = ["noise,table,severity,mean,deviation"]
    clean = golden_format.inputs()["blobs"][0] / 255.0
    rgb = np.repeat(clean[:, :, None], 3, axis=2)
    for (name, table), parameters in TABLES.items():
        for severity, parameter in enumerate(parameters, start=1):
            draws = []
            for _ in range(DRAWS):
                noisy = np.clip(NOISES[name](random, rgb, parameter), 0, 1)
                picture = Image.fromarray((noisy * 255).astype(np.uint8)).convert("L")
                draws.append(np.asarray(picture) / 255.0)
            added = np.stack(draws) - clean
            lines.append(f"{name},{table},{severity},{np.mean(draws):.5f},{np.std(added):.6f}")
    (golden_format.FOLDER / "noise-moments.csv").write_text("\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
