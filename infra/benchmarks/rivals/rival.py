"""What the rivals share: the networks in plain PyTorch, a synthetic batch, PGD, and the protocol.

A rival builds everything, warms up, prints `ready`, and then for each line `go` on its standard input does one unit of
work and prints the wall milliseconds it took; it ends with its input. So two programs can take turns in one run. A package
that is not there is named in a line `missing NAME`, with exit code 3.
"""

import argparse
import os
import shutil
import sys
import time

try:
    import torch
    import torch.nn.functional as F
    from torch import nn
except ImportError as missing:
    print("missing", missing.name)
    sys.exit(3)

CLASSES = 2
LARGE_IMAGES_FROM = 96
# blocks of each stage, width of the first, and in bottleneck blocks the inner width as a multiple of the stage's
NETWORKS = {
    "resnet8": ((1, 1, 1), 16, None),
    "resnet20": ((3, 3, 3), 16, None),
    "resnet18": ((2, 2, 2, 2), 64, None),
    "resnet50": ((3, 4, 6, 3), 64, 1),
    "wide-resnet-50-2": ((3, 4, 6, 3), 64, 2),
}


class Block(nn.Module):
    def __init__(self, inputs, outputs, stride):
        super().__init__()
        self.conv1 = nn.Conv2d(inputs, outputs, 3, stride, 1, bias=False)
        self.bn1 = nn.BatchNorm2d(outputs)
        self.conv2 = nn.Conv2d(outputs, outputs, 3, 1, 1, bias=False)
        self.bn2 = nn.BatchNorm2d(outputs)
        self.relu = nn.ReLU(inplace=True)
        self.shortcut = nn.Identity()
        if stride != 1 or inputs != outputs:
            self.shortcut = nn.Sequential(
                nn.Conv2d(inputs, outputs, 1, stride, bias=False), nn.BatchNorm2d(outputs))

    def forward(self, x):
        out = self.relu(self.bn1(self.conv1(x)))
        return self.relu(self.bn2(self.conv2(out)) + self.shortcut(x))


class Bottleneck(nn.Module):
    """1 x 1, 3 x 3 with the stride, 1 x 1 to four times the stage's width."""

    def __init__(self, inputs, width, stride, factor):
        super().__init__()
        inner, outputs = factor * width, 4 * width
        self.conv1 = nn.Conv2d(inputs, inner, 1, bias=False)
        self.bn1 = nn.BatchNorm2d(inner)
        self.conv2 = nn.Conv2d(inner, inner, 3, stride, 1, bias=False)
        self.bn2 = nn.BatchNorm2d(inner)
        self.conv3 = nn.Conv2d(inner, outputs, 1, bias=False)
        self.bn3 = nn.BatchNorm2d(outputs)
        self.relu = nn.ReLU(inplace=True)
        self.shortcut = nn.Identity()
        if stride != 1 or inputs != outputs:
            self.shortcut = nn.Sequential(
                nn.Conv2d(inputs, outputs, 1, stride, bias=False), nn.BatchNorm2d(outputs))

    def forward(self, x):
        out = self.relu(self.bn1(self.conv1(x)))
        out = self.relu(self.bn2(self.conv2(out)))
        return self.relu(self.bn3(self.conv3(out)) + self.shortcut(x))


class ResNet(nn.Module):
    """He et al., CVPR 2016: section 4.2 (three stages), section 4.1 (four), the latter with a 3 x 3 stem on small images; wide:
    Zagoruyko and Komodakis, BMVC 2016."""

    def __init__(self, name, channels, side, classes):
        super().__init__()
        blocks, width, factor = NETWORKS[name]
        if len(blocks) == 4 and side >= LARGE_IMAGES_FROM:
            stem = [nn.Conv2d(channels, width, 7, 2, 3, bias=False), nn.BatchNorm2d(width), nn.ReLU(inplace=True),
                    nn.MaxPool2d(3, 2, 1)]
        else:
            stem = [nn.Conv2d(channels, width, 3, 1, 1, bias=False), nn.BatchNorm2d(width), nn.ReLU(inplace=True)]
        stages = []
        inputs = width
        for stage, count in enumerate(blocks):
            for block in range(count):
                stride = 2 if stage > 0 and block == 0 else 1
                if factor is None:
                    stages.append(Block(inputs, width, stride))
                    inputs = width
                else:
                    stages.append(Bottleneck(inputs, width, stride, factor))
                    inputs = 4 * width
            width *= 2
        self.layers = nn.Sequential(*stem, *stages)
        self.fc = nn.Linear(inputs, classes)

    def forward(self, x):
        return self.fc(self.layers((x - 0.5) / 0.5).mean(dim=(2, 3)))


def advance(images, adversarial, gradient, epsilon, step_size):
    """One step along the normalised gradient, and the projection to the ball and to [0,1]."""
    length = gradient.flatten(1).norm(dim=1).view(-1, 1, 1, 1)
    delta = adversarial + step_size * gradient / (length + 1e-12) - images
    length = delta.flatten(1).norm(dim=1).view(-1, 1, 1, 1)
    return (images + delta * (epsilon / (length + 1e-12)).clamp(max=1)).clamp(0, 1)


def pgd_l2(network, images, labels, epsilon, steps, step_size, advance):
    """From a random place in the ball, along the normalised gradient, which is asked for at the images only."""
    direction = torch.randn_like(images).flatten(1)
    radius = epsilon * torch.rand(len(images), 1, device=images.device).pow(1 / direction.shape[1])
    delta = (direction / direction.norm(dim=1, keepdim=True) * radius).view_as(images)
    adversarial = (images + delta).clamp(0, 1)
    for _ in range(steps):
        adversarial.requires_grad_(True)
        loss = F.cross_entropy(network(adversarial), labels, reduction="sum")
        gradient, = torch.autograd.grad(loss, adversarial)
        with torch.no_grad():
            adversarial = advance(images, adversarial, gradient, epsilon, step_size)
    return adversarial.detach()


def arguments(description):
    """What every rival takes, for it to add to and to parse."""
    parser = argparse.ArgumentParser(description=description)
    parser.add_argument("--network", choices=sorted(NETWORKS), default="resnet20")
    parser.add_argument("--channels", type=int, choices=(1, 3), default=1)
    parser.add_argument("--side", type=int, default=28, help="of the images, in pixels")
    parser.add_argument("--batch", type=int, default=128)
    parser.add_argument("--threads", type=int, default=1, help="of the kernels")
    parser.add_argument("--steps", type=int, default=7, help="of PGD")
    parser.add_argument("--epsilon", type=float, default=0.5, help="L2 radius, in pixel units")
    parser.add_argument("--device", choices=("cpu", "gpu"), default="cpu")
    parser.add_argument("--warm-up", type=int, default=2, help="units of work before `ready`")
    parser.add_argument("--channels-last", action="store_true", help="store activations as N x H x W x C")
    parser.add_argument("--compile", action="store_true", help="torch.compile in its default mode; needs a C++ compiler")
    return parser


def set_up(settings):
    """The network, images N x C x H x W in [0,1], labels N, and how PGD advances."""
    if settings.compile:
        require_compiler()
    if settings.device == "gpu" and not torch.cuda.is_available():
        print("missing a GPU that torch finds")
        sys.exit(3)
    device = "cuda" if settings.device == "gpu" else "cpu"
    torch.set_num_threads(settings.threads)
    torch.manual_seed(1)
    network = ResNet(settings.network, settings.channels, settings.side, CLASSES).to(device)
    images = torch.rand(settings.batch, settings.channels, settings.side, settings.side, device=device)
    if settings.channels_last:
        network = network.to(memory_format=torch.channels_last)
        images = images.to(memory_format=torch.channels_last)
    labels = torch.arange(settings.batch, device=device) % CLASSES
    if settings.compile:
        return torch.compile(network), images, labels, torch.compile(advance)
    return network, images, labels, advance


def require_compiler():
    """torch.compile generates C++ and takes the compiler that CXX names, else g++."""
    compiler = os.environ.get("CXX", "g++")
    if not shutil.which(compiler):
        print("missing", compiler)
        sys.exit(3)


def take_turns(unit, warm_up):
    for _ in range(warm_up):
        unit()
    print("ready", flush=True)
    for line in sys.stdin:
        if line.strip() != "go":
            print("expected go, got", line.strip(), file=sys.stderr)
            sys.exit(2)
        start = time.perf_counter()
        unit()
        if torch.cuda.is_available():
            torch.cuda.synchronize()  # kernels of a GPU run on after their call
        print(f"{1000 * (time.perf_counter() - start):.3f}", flush=True)
