"""Golden values of efficientnet-lite0: the network of the package efficientnet_lite_pytorch, in double precision.

    python -m venv venv && venv/bin/pip install torch torchvision numpy safetensors efficientnet_lite_pytorch==0.1.0
    venv/bin/python src/test/golden/make_efficientnet_golden.py      (in libs/nn-pytorch)

Writes efficientnet.safetensors to src/test/resources/golden, as make_network_golden.py does for its networks: the logits, every
37th value of the loss's gradient at the images, and its norm; on grey images of 32 pixels, RGB images of 33 and 48 pixels, since
the padding follows the parity of what each stage is given. Weights, images and their phase are chosen there.
"""

import copy
import sys

import numpy as np
import torch
from efficientnet_lite_pytorch import EfficientNet
from safetensors.numpy import save_file

import make_network_golden as shared

NAME = "efficientnet-lite0"
IMAGES = ((1, 32), (3, 33), (3, 48))
MOST_PHASES = 300


def network(channels, side):
    net = EfficientNet.from_name(NAME, num_classes=shared.CLASSES, image_size=side)
    if channels != 3:
        kernel = net._conv_stem.weight
        net._conv_stem.weight = torch.nn.Parameter(torch.empty(kernel.shape[0], channels, *kernel.shape[2:]))
    net.load_state_dict(shared.formula_weights(net), strict=False)
    return net.double().eval()


def main():
    results = {}
    for channels, side in IMAGES:
        net = network(channels, side)
        single = copy.deepcopy(net).float()
        for phase in range(MOST_PHASES):
            images = shared.formula_images(channels, side, phase)
            logits, gradient = shared.logits_and_gradient(net, images)
            if shared.is_far_from_kinks(single, images, gradient):
                break
        else:
            sys.exit(f"{NAME} {side}: every phase is close to a kink")
        prefix = f"{NAME}-{channels}x{side}."
        results[prefix + "phase"] = torch.tensor(float(phase))
        results[prefix + "logits"] = logits
        results[prefix + "gradient"] = gradient.flatten()[::shared.GRADIENT_STRIDE].contiguous()
        results[prefix + "gradient-norm"] = gradient.norm()
        print(channels, side, phase, logits.numpy().round(4).tolist(), gradient.norm().item(), flush=True)
    save_file({name: value.numpy().astype(np.float32) for name, value in results.items()},
              shared.OUT / "efficientnet.safetensors", metadata={"torch": torch.__version__})


if __name__ == "__main__":
    main()
