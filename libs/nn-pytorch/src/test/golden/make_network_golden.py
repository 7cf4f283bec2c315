"""Golden values of the networks that torchvision has, too: its code, our stem and classes, in double precision.

    python -m venv venv && venv/bin/pip install torch torchvision numpy safetensors
    venv/bin/python src/test/golden/make_network_golden.py      (in libs/nn-pytorch)

Writes networks.safetensors to src/test/resources/golden: for each network, on grey images of 32 pixels and on RGB images of
96 pixels, the logits, every 37th value of the loss's gradient at the images, and the gradient's norm. Weights and images
come from formulas that GoldenInputs.java repeats. Loading fails when a parameter's shape is not torchvision's.

A network of ReLUs is piecewise linear: among millions of activations one may be so close to 0 that rounding decides its
sign, and then the gradients of two correct programs differ by 1e-4 to 1e-2. So the images' phase, stored beside the values,
is the first of 0, 1, 2, ... at which single precision gives the gradient of double precision however the images' last bits
are changed; it is asked for with several changes, and with activations laid out both ways, since other kernels and other
machines round otherwise.
"""

import copy
import pathlib

import numpy as np
import torch
import torch.nn.functional as F
from safetensors.numpy import save_file
from torch import nn
from torchvision import models

OUT = pathlib.Path(__file__).parent.parent / "resources" / "golden"
BATCH, CLASSES = 2, 3
GRADIENT_STRIDE = 37
PERIOD = 65521
MOST_PHASES, CHANGES = 30, 12
NETWORKS = {
    "resnet18": models.resnet18,
    "resnet50": models.resnet50,
    "wide-resnet-50-2": models.wide_resnet50_2,
}


def network(name, channels, side):
    net = NETWORKS[name](num_classes=CLASSES)
    if side < 96:
        net.conv1 = nn.Conv2d(channels, 64, 3, 1, 1, bias=False)
        net.maxpool = nn.Identity()
    else:
        net.conv1 = nn.Conv2d(channels, 64, 7, 2, 3, bias=False)
    net.load_state_dict(formula_weights(net), strict=False)
    return net.double().eval()


def formula_weights(net):
    """Value i of tensor k (in the order of the state dictionary, counters left out), rounded to float32."""
    weights = {}
    shapes = {n: t.shape for n, t in net.state_dict().items() if not n.endswith("num_batches_tracked")}
    for k, (name, shape) in enumerate(shapes.items()):
        i = np.arange(int(np.prod(shape)), dtype=np.int64) % PERIOD
        wave = np.sin(0.7 * i + 0.0003 * i * i + k)
        if name.endswith("running_var"):
            values = 1 + 0.5 * wave
        elif name.endswith("bn3.weight"):
            values = 0.25 + 0.1 * wave  # sixteen blocks that each add as much as they are given would end at 1e4
        elif len(shape) == 1 and name.endswith("weight"):
            values = 1 + 0.1 * wave
        elif len(shape) == 4:
            values = wave * np.sqrt(4.0 / np.prod(shape[1:]))
        else:
            values = 0.3 * wave if len(shape) == 2 else 0.1 * wave
        weights[name] = torch.tensor(values.astype(np.float32).reshape(shape))
    return weights


def formula_images(channels, side, phase):
    i = np.arange(BATCH * channels * side * side, dtype=np.float64)
    values = 0.5 + 0.45 * np.sin(0.61 * i + 0.0007 * i * i + phase)
    return torch.tensor(values.astype(np.float32).astype(np.float64).reshape(BATCH, channels, side, side))


def logits_and_gradient(net, images):
    images = images.detach().clone().requires_grad_(True)
    logits = net((images - 0.5) / 0.5)
    loss = F.cross_entropy(logits, torch.arange(BATCH) % CLASSES, reduction="sum")
    return logits.detach(), torch.autograd.grad(loss, images)[0]


def is_far_from_kinks(single, images, gradient):
    for change in range(CHANGES):
        generator = torch.Generator().manual_seed(change)
        last_bits = 1 + 1e-7 * torch.randn(images.shape, generator=generator)
        layout = torch.channels_last if change % 2 else torch.contiguous_format
        _, rounded = logits_and_gradient(single.to(memory_format=layout), images.float() * last_bits)
        if (rounded - gradient).abs().max() > 3e-6 * gradient.abs().max():
            return False
    return True


def main():
    results = {}
    for name in NETWORKS:
        for channels, side in ((1, 32), (3, 96)):
            net = network(name, channels, side)
            single = copy.deepcopy(net).float()
            for phase in range(MOST_PHASES):
                images = formula_images(channels, side, phase)
                logits, gradient = logits_and_gradient(net, images)
                if is_far_from_kinks(single, images, gradient):
                    break
            else:
                raise SystemExit(f"{name} {side}: every phase is close to a kink")
            prefix = f"{name}-{channels}x{side}."
            results[prefix + "phase"] = torch.tensor(float(phase))
            results[prefix + "logits"] = logits
            results[prefix + "gradient"] = gradient.flatten()[::GRADIENT_STRIDE].contiguous()
            results[prefix + "gradient-norm"] = gradient.norm()
            print(name, channels, side, phase, logits.numpy().round(4).tolist(), gradient.norm().item())
    save_file({name: value.numpy().astype(np.float32) for name, value in results.items()},
              OUT / "networks.safetensors", metadata={"torch": torch.__version__})


if __name__ == "__main__":
    main()
