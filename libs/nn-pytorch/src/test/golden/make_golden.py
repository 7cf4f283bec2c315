"""Golden values for nn-pytorch, made with PyTorch in double precision.

    python -m venv venv && venv/bin/pip install torch numpy safetensors
    venv/bin/python src/test/golden/make_golden.py      (in libs/nn-pytorch)

Writes network.safetensors, losses.safetensors and a steps-NAME.safetensors for each training method and each option to
src/test/resources/golden. Weights, images and labels come from formulas that GoldenInputs.java repeats, so only results
are stored.
"""

import pathlib

import numpy as np
import torch
import torch.nn.functional as F
from safetensors.numpy import save_file
from torch import nn

OUT = pathlib.Path(__file__).parent.parent / "resources" / "golden"
BATCH, SIDE, CLASSES = 4, 12, 3
LAMBDA, BETA, LEARNING_RATE, MOMENTUM, WEIGHT_DECAY, STEPS = 12.0, 6.0, 0.05, 0.9, 5e-4, 3


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


class ResNet8(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv1 = nn.Conv2d(1, 16, 3, 1, 1, bias=False)
        self.bn1 = nn.BatchNorm2d(16)
        self.layer1 = nn.Sequential(Block(16, 16, 1))
        self.layer2 = nn.Sequential(Block(16, 32, 2))
        self.layer3 = nn.Sequential(Block(32, 64, 2))
        self.fc = nn.Linear(64, CLASSES)

    def forward(self, x):
        out = F.relu(self.bn1(self.conv1((x - 0.5) / 0.5)))
        out = self.layer3(self.layer2(self.layer1(out)))
        return self.fc(out.mean(dim=(2, 3)))


def formula_weights():
    """Value i of tensor k (in the order of the state dictionary, counters left out), rounded to float32."""
    weights = {}
    names = [n for n in ResNet8().state_dict() if not n.endswith("num_batches_tracked")]
    for k, name in enumerate(names):
        shape = ResNet8().state_dict()[name].shape
        i = np.arange(int(np.prod(shape)), dtype=np.float64)
        wave = np.sin(0.7 * i + 0.0003 * i * i + k)
        if name.endswith("running_var"):
            values = 1 + 0.5 * wave
        elif len(shape) == 1 and name.endswith("weight"):
            values = 1 + 0.1 * wave
        elif len(shape) == 4:
            values = wave * np.sqrt(4.0 / np.prod(shape[1:]))
        else:
            values = 0.1 * wave if name != "fc.weight" else 0.3 * wave
        weights[name] = torch.tensor(values.astype(np.float32).astype(np.float64).reshape(shape))
    return weights


def formula_images(phase):
    i = np.arange(BATCH * SIDE * SIDE, dtype=np.float64)
    values = 0.5 + 0.45 * np.sin(0.61 * i + 0.0007 * i * i + phase)
    return torch.tensor(values.astype(np.float32).astype(np.float64).reshape(BATCH, 1, SIDE, SIDE))


def network():
    net = ResNet8().double()
    missing = net.load_state_dict(formula_weights(), strict=False)
    assert all(name.endswith("num_batches_tracked") for name in missing.missing_keys)
    return net


def jensen_shannon(logits):
    probabilities = [F.softmax(each, dim=1) for each in logits]
    mixture = torch.clamp(sum(probabilities) / len(probabilities), 1e-7, 1).log()
    return sum(F.kl_div(mixture, p, reduction="batchmean") for p in probabilities) / len(probabilities)


def divergence(p, q, reduction="batchmean"):
    """KL(p || q) of the predictions behind two batches of logits."""
    return F.kl_div(F.log_softmax(q, dim=1), F.softmax(p, dim=1), reduction=reduction)


# the views that each method passes through the network, and its loss on their logits
VIEWS = {
    "erm": ("clean",),
    "rtda": ("clean", "augmix", "adversarial"),
    "augmix": ("clean", "augmix-1", "augmix-2"),
    "adversarial": ("adversarial",),
    "trades": ("clean", "adversarial"),
    "augmix-adversarial": ("adversarial",),
    "robust-augmix": ("clean", "augmix", "adversarial"),
}


def loss_of(method, logits, labels):
    """logits: those of the method's views, in their order."""
    if method == "rtda":
        return F.cross_entropy(logits[2], labels) + LAMBDA * jensen_shannon(logits)
    if method in ("augmix", "robust-augmix"):
        return F.cross_entropy(logits[0], labels) + LAMBDA * jensen_shannon(logits)
    if method == "trades":
        return F.cross_entropy(logits[0], labels) + BETA * divergence(logits[0], logits[1])
    return F.cross_entropy(logits[0], labels)


def formula_logits(view):
    i = np.arange(BATCH * CLASSES, dtype=np.float64)
    values = 2.5 * np.sin(1.3 * i + 0.9 * view)
    return torch.tensor(values.astype(np.float32).astype(np.float64).reshape(BATCH, CLASSES), requires_grad=True)


def losses(labels):
    """Each method's loss and its gradient with respect to the logits of its views, one after the other."""
    results = {}
    for method, views in VIEWS.items():
        logits = [formula_logits(view) for view in range(len(views))]
        loss = loss_of(method, logits, labels)
        gradients = torch.autograd.grad(loss, logits)
        results[method] = np.array([loss.item()], dtype=np.float32)
        results[method + "-gradient"] = torch.stack(gradients).numpy().astype(np.float32)
    return results


def cross_entropy_of(net, images, labels):
    return lambda adversarial: F.cross_entropy(net(adversarial), labels, reduction="sum")


def divergence_of(net, images, labels):
    with torch.no_grad():
        reference = net(images)
    return lambda adversarial: divergence(reference, net(adversarial), reduction="sum")


def projected_gradient(objective, images, start, norm, epsilon, steps, step_size):
    adversarial = start.clone()
    for _ in range(steps):
        adversarial.requires_grad_(True)
        gradient, = torch.autograd.grad(objective(adversarial), adversarial)
        with torch.no_grad():
            if norm == "l2":
                length = gradient.flatten(1).norm(dim=1).view(-1, 1, 1, 1)
                delta = adversarial + step_size * gradient / (length + 1e-10) - images
                length = delta.flatten(1).norm(dim=1).view(-1, 1, 1, 1)
                delta = delta * torch.clamp(epsilon / length, max=1)
            else:
                delta = torch.clamp(adversarial + step_size * gradient.sign() - images, -epsilon, epsilon)
            adversarial = torch.clamp(images + delta, 0, 1).detach()
    return adversarial


def digest(before, after):
    """Of the change of each tensor: its norm, two projections on waves, and its first eight values."""
    result = {}
    for name in before:
        change = (after[name] - before[name]).flatten().numpy()
        i = np.arange(change.size, dtype=np.float64)
        head = [np.linalg.norm(change), change @ np.cos(i), change @ np.cos(0.37 * i + 1)]
        result[name] = np.array(head + list(change[:8]), dtype=np.float32)
    return result


class Separate(nn.Module):
    """Each view by itself."""

    def __init__(self):
        super().__init__()
        self.net = network()

    def forward(self, views):
        return [self.net(images) for images in views.values()]

    def tensors(self):
        return self.net.state_dict()


class Joint(Separate):
    """All views as one batch."""

    def forward(self, views):
        return torch.split(self.net(torch.cat(list(views.values()))), BATCH)


class Dual(Separate):
    """The adversarial view through batch norms of its own; every other parameter is shared."""

    def __init__(self):
        super().__init__()
        self.adversarial = network()
        own = dict(self.net.named_modules())
        for name, module in self.adversarial.named_modules():
            if isinstance(module, (nn.Conv2d, nn.Linear)):
                module._parameters = own[name]._parameters

    def forward(self, views):
        return [(self.adversarial if name == "adversarial" else self.net)(images) for name, images in views.items()]

    def tensors(self):
        second = {"adversarial-batch-norm/" + name: value for name, value in self.adversarial.state_dict().items()
                  if value.data_ptr() != self.net.state_dict()[name].data_ptr()}
        return {**self.net.state_dict(), **second}


def sgd(parameters):
    return torch.optim.SGD(
        parameters, lr=LEARNING_RATE, momentum=MOMENTUM, nesterov=True, weight_decay=WEIGHT_DECAY)


def adamw(parameters):
    return torch.optim.AdamW(parameters, lr=1e-3, weight_decay=0.01)


def train(name, method, views, labels, passes=Separate, optimizer=sgd, clip_norm=None):
    net = passes()
    net.train()
    optimizer = optimizer(net.parameters())
    before = {tensor: value.clone() for tensor, value in net.tensors().items() if value.is_floating_point()}
    losses = []
    for _ in range(STEPS):
        optimizer.zero_grad()
        loss = loss_of(method, net({view: views[view] for view in VIEWS[method]}), labels)
        loss.backward()
        if clip_norm is not None:
            length = nn.utils.clip_grad_norm_(net.parameters(), clip_norm)
            print(name, "gradient of length", length.item())
        optimizer.step()
        losses.append(loss.item())
    after = {tensor: value.detach() for tensor, value in net.tensors().items() if tensor in before}
    save_file({"losses": np.array(losses, dtype=np.float32), **digest(before, after)},
              OUT / f"steps-{name}.safetensors")


def main():
    torch.manual_seed(0)
    labels = torch.arange(BATCH) % CLASSES
    views = {"clean": formula_images(0.0), "augmix": formula_images(1.0), "adversarial": formula_images(2.0),
             "augmix-1": formula_images(1.0), "augmix-2": formula_images(3.0)}
    net = network()
    net.eval()
    images = views["clean"].clone().requires_grad_(True)
    logits = net(images)
    gradient, = torch.autograd.grad(F.cross_entropy(logits, labels, reduction="sum"), images)
    results = {
        "logits": logits.detach(),
        "gradient": gradient,
        "cross-entropy": F.cross_entropy(logits, labels).detach(),
        "jensen-shannon": jensen_shannon([net(views[name]) for name in VIEWS["rtda"]]).detach(),
        "pgd-l2": projected_gradient(
            cross_entropy_of(net, views["clean"], labels), views["clean"], views["clean"], "l2", 0.5, 7, 2.5 * 0.5 / 7),
        "pgd-linf": projected_gradient(
            cross_entropy_of(net, views["clean"], labels), views["clean"], views["clean"], "linf", 0.03, 7, 0.01),
        "pgd-l2-divergence": projected_gradient(
            divergence_of(net, views["clean"], labels), views["clean"],
            0.98 * views["clean"] + 0.02 * views["augmix"], "l2", 0.5, 7, 2.5 * 0.5 / 7),
    }
    save_file({name: value.numpy().astype(np.float32) for name, value in results.items()},
              OUT / "network.safetensors", metadata={"torch": torch.__version__})
    save_file(losses(labels), OUT / "losses.safetensors")
    for method in VIEWS:
        train(method, method, views, labels)
    train("adamw", "rtda", views, labels, optimizer=adamw)
    train("clipped", "rtda", views, labels, clip_norm=30.0)
    train("joint", "rtda", views, labels, passes=Joint)
    train("dual", "rtda", views, labels, passes=Dual)
    print(logits, results["cross-entropy"], results["jensen-shannon"])


if __name__ == "__main__":
    main()
