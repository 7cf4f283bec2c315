"""The conditions of the suite `standard` on test images, as a script would measure them: clean, PGD (torchattacks) at each
radius, each corruption (NumPy, Pillow, OpenCV; see corruptions.py) at each severity; the accuracy of each. One unit of work is
all of them. See rival.py for the protocol."""

import argparse
import sys

import rival

try:
    import numpy as np
    import torchattacks
    from PIL import Image
except ImportError as missing:
    print("missing", missing.name)
    sys.exit(3)
import torch

import corruptions

BATCH = 128


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", required=True, help="MedMNIST-style NPZ with grey test images")
    parser.add_argument("--network", choices=sorted(rival.NETWORKS), default="resnet8")
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--attack-steps", type=int, default=10)
    parser.add_argument("--epsilons", required=True, help="L2 radii, separated by commas")
    settings = parser.parse_args()
    corruptions.require_opencv()
    torch.set_num_threads(settings.threads)
    torch.manual_seed(1)
    with np.load(settings.data) as data:
        pictures = [Image.fromarray(each) for each in data["test_images"]]
        labels = torch.from_numpy(data["test_labels"].astype(np.int64).ravel())
    network = rival.ResNet(settings.network, 1, pictures[0].size[0], rival.CLASSES).eval()

    def batch(images):
        return torch.from_numpy(np.stack([np.asarray(each, dtype=np.float32) / 255 for each in images])[:, None])

    def accuracy(images):
        with torch.inference_mode():
            right = [
                (network(images[at:at + BATCH]).argmax(1) == labels[at:at + BATCH]).sum().item()
                for at in range(0, len(images), BATCH)
            ]
        return sum(right) / len(labels)

    def attacked(images, epsilon):
        attack = torchattacks.PGDL2(
            network, eps=epsilon, alpha=2.5 * epsilon / settings.attack_steps, steps=settings.attack_steps)
        parts = [
            attack(images[at:at + BATCH], labels[at:at + BATCH]) for at in range(0, len(images), BATCH)
        ]
        return torch.cat(parts)

    def unit():
        clean = batch(pictures)
        figures = [accuracy(clean)]
        for epsilon in settings.epsilons.split(","):
            figures.append(accuracy(attacked(clean, float(epsilon))))
        for name, operation in corruptions.OPERATIONS.items():
            if name != "motion-blur":  # the chest X-ray column has none
                for strength in corruptions.STRENGTHS[name]:
                    figures.append(accuracy(batch([operation(each, strength) for each in pictures])))
        return figures

    rival.take_turns(unit, 1)


if __name__ == "__main__":
    main()
