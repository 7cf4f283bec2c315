"""The reference side of attack-parity: for each ball and attack a line of attack, norm, epsilon and, per image, 1 for an
image that is still classified rightly. fgsm and pgd are torchattacks', apgd, fab and square the authors' own AutoAttack as
packaged in pyautoattack; the rest, which neither has, is below. Settings come from the environment, see attack-parity."""

import os
import sys
import time

import numpy as np
import pyautoattack.autopgd_base as autopgd
import torch
import torch.nn.functional as F
import torchattacks
from pyautoattack.fab_pt import FABAttack_PT
from pyautoattack.square import SquareAttack
from safetensors.torch import load_file
from torch import nn

BATCH = 128
PGD_STEPS = 10
BLOCKS = {"resnet8": 1, "resnet20": 3}


class Block(nn.Module):
    def __init__(self, inputs, outputs, stride):
        super().__init__()
        self.conv1 = nn.Conv2d(inputs, outputs, 3, stride, 1, bias=False)
        self.bn1 = nn.BatchNorm2d(outputs)
        self.conv2 = nn.Conv2d(outputs, outputs, 3, 1, 1, bias=False)
        self.bn2 = nn.BatchNorm2d(outputs)
        self.shortcut = nn.Sequential()
        if stride != 1 or inputs != outputs:
            self.shortcut = nn.Sequential(
                nn.Conv2d(inputs, outputs, 1, stride, bias=False), nn.BatchNorm2d(outputs))

    def forward(self, x):
        out = F.relu(self.bn1(self.conv1(x)))
        return F.relu(self.bn2(self.conv2(out)) + self.shortcut(x))


class ResNet(nn.Module):
    def __init__(self, blocks, channels, classes):
        super().__init__()
        self.conv1 = nn.Conv2d(channels, 16, 3, 1, 1, bias=False)
        self.bn1 = nn.BatchNorm2d(16)
        self.layer1 = nn.Sequential(*[Block(16, 16, 1) for _ in range(blocks)])
        self.layer2 = nn.Sequential(Block(16, 32, 2), *[Block(32, 32, 1) for _ in range(blocks - 1)])
        self.layer3 = nn.Sequential(Block(32, 64, 2), *[Block(64, 64, 1) for _ in range(blocks - 1)])
        self.fc = nn.Linear(64, classes)

    def forward(self, x):
        out = F.relu(self.bn1(self.conv1((x - 0.5) / 0.5)))
        return self.fc(self.layer3(self.layer2(self.layer1(out))).mean(dim=(2, 3)))


class MarginApgd(autopgd.APGDAttack):
    """APGD on max_{j != y} z_j - z_y, in the place of the authors' untargeted DLR."""

    def dlr_loss(self, x, y):
        others = x.masked_fill(F.one_hot(y, x.shape[1]).bool(), -float("inf"))
        return others.max(dim=1)[0] - x[torch.arange(len(y)), y]


def network(file):
    weights = load_file(file)
    net = ResNet(BLOCKS[os.environ["NETWORK"]], weights["conv1.weight"].shape[1], len(weights["fc.bias"]))
    result = net.load_state_dict(weights, strict=False)
    assert not result.unexpected_keys and all(k.endswith("num_batches_tracked") for k in result.missing_keys), result
    return net.eval().requires_grad_(False)


def test_images(file, count):
    arrays = np.load(file)
    images = torch.tensor(arrays["test_images"]).float() / 255
    images = images.unsqueeze(1) if images.dim() == 3 else images.permute(0, 3, 1, 2).contiguous()
    labels = torch.tensor(arrays["test_labels"].reshape(-1).astype(np.int64))
    return (images[:count], labels[:count]) if count > 0 else (images, labels)


def fgsm_l2(net, epsilon):
    def attack(x, y):
        x = x.clone().requires_grad_(True)
        gradient, = torch.autograd.grad(F.cross_entropy(net(x), y, reduction="sum"), x)
        length = gradient.flatten(1).norm(dim=1).clamp_min(1e-12).view(-1, 1, 1, 1)
        return (x + epsilon * gradient / length).clamp(0, 1).detach()
    return attack


def noise(norm, epsilon):
    def attack(x, y):
        if norm == "linf":
            return (x + epsilon * (2.0 * torch.randint(0, 2, x.shape) - 1)).clamp(0, 1)
        direction = torch.randn_like(x)
        return (x + epsilon * direction / direction.flatten(1).norm(dim=1).view(-1, 1, 1, 1)).clamp(0, 1)
    return attack


def attacks(net, norm, epsilon, classes):
    form = {"l2": "L2", "linf": "Linf"}[norm]
    common = {"norm": form, "eps": epsilon, "seed": 0}
    steps = int(os.environ["STEPS"])
    apgd = {**common, "n_iter": steps}
    step = 2.5 * epsilon / PGD_STEPS
    pgd = torchattacks.PGDL2 if norm == "l2" else torchattacks.PGD
    found = {
        "clean": lambda x, y: x,
        "random-noise": noise(norm, epsilon),
        "fgsm": fgsm_l2(net, epsilon) if norm == "l2" else torchattacks.FGSM(net, eps=epsilon),
        "pgd-" + norm: pgd(net, eps=epsilon, alpha=step, steps=PGD_STEPS, random_start=True),
        "apgd-ce": autopgd.APGDAttack(net, loss="ce", **apgd).perturb,
        "apgd-margin": MarginApgd(net, loss="dlr", **apgd).perturb,
        "fab": FABAttack_PT(net, n_iter=steps, **common).perturb,
        "square": SquareAttack(net, n_queries=int(os.environ["QUERIES"]), resc_schedule=True, **common).perturb,
    }
    if classes >= 3:
        targets = min(9, classes - 1)
        found["apgd-dlr"] = autopgd.APGDAttack(net, loss="dlr", **apgd).perturb
        found["fab-targeted"] = FABAttack_PT(
            net, n_iter=steps, targeted=True, n_target_classes=targets, **common).perturb
    if classes >= 4:
        found["apgd-targeted-dlr"] = autopgd.APGDAttack_targeted(net, n_target_classes=targets, **apgd).perturb
    wanted = os.environ["ATTACKS"].split()
    return {name: attack for name, attack in found.items() if not wanted or name in wanted}


def main():
    torch.manual_seed(0)
    net = network(sys.argv[1])
    images, labels = test_images(sys.argv[2], int(sys.argv[3]))
    for ball in os.environ["BALLS"].split():
        norm, epsilon = ball.split(":")
        for name, attack in attacks(net, norm, float(epsilon), net.fc.out_features).items():
            start = time.time()
            right = []
            for i in range(0, len(labels), BATCH):
                x, y = images[i:i + BATCH], labels[i:i + BATCH]
                adversarial = attack(x, y).detach()
                with torch.no_grad():
                    right += (net(adversarial).argmax(dim=1) == y).int().tolist()
            print(name, norm, epsilon, "".join(map(str, right)), sep="\t", flush=True)
            print(f"reference {name} {ball}: {np.mean(right):.4f}, {time.time() - start:.0f} s", file=sys.stderr)


if __name__ == "__main__":
    main()
