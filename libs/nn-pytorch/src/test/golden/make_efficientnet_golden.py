"""Golden values of efficientnet-lite0: the network of the package efficientnet_lite_pytorch, in double precision.

    python -m venv venv && venv/bin/pip install torch torchvision numpy safetensors efficientnet_lite_pytorch==0.1.0
    venv/bin/python src/test/golden/make_efficientnet_golden.py      (in libs/nn-pytorch)

Writes efficientnet.safetensors to src/test/resources/golden, as make_network_golden.py does for its networks: the logits, every
37th value of the loss's gradient at the images, and its norm; on grey images of 32 pixels, RGB images of 33 and 48 pixels, since
the padding follows the parity of what each stage is given. Weights, images and their phase are chosen there.

Writes efficientnet-step.safetensors too: by how much one step of SGD on the cross entropy of four images of 48 pixels changes some
tensors. Dropout and stochastic depth are off and running statistics move by 0.1, as in our network. Its phase is the first at which a
step in single precision changes each of these tensors as one in double precision does, however the images' last bits are changed.
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
STEP_SIDE = 48
STEP_LABELS = (0, 1, 2, 0)
STEP_CHANGES = 6
# of the largest change of a tensor: among the activations of four images some are always close to a kink
STEP_ERROR = 5e-3
MOST_VALUES = 4096
STEP_TENSORS = (
    "_conv_stem.weight",
    "_bn0.weight",
    "_bn0.running_mean",
    "_bn0.running_var",
    "_blocks.1._depthwise_conv.weight",
    "_blocks.10._project_conv.weight",
    "_fc.weight",
    "_fc.bias",
)


def network(channels, side):
    net = EfficientNet.from_name(NAME, num_classes=shared.CLASSES, image_size=side)
    if channels != 3:
        kernel = net._conv_stem.weight
        net._conv_stem.weight = torch.nn.Parameter(torch.empty(kernel.shape[0], channels, *kernel.shape[2:]))
    net.load_state_dict(shared.formula_weights(net), strict=False)
    return net.double().eval()


def one_step(net, images, dtype):
    """The tensors' changes by a step from the network's own weights."""
    net = copy.deepcopy(net).to(dtype).train()
    for module in net.modules():
        if isinstance(module, torch.nn.BatchNorm2d):
            module.momentum = 0.1
    before = {name: tensor.detach().clone() for name, tensor in net.state_dict().items()}
    optimizer = torch.optim.SGD(net.parameters(), lr=0.01, momentum=0.9, weight_decay=5e-4, nesterov=True)
    logits = net((images.to(dtype) - 0.5) / 0.5)
    loss = torch.nn.functional.cross_entropy(logits, torch.tensor(STEP_LABELS))
    loss.backward()
    optimizer.step()
    after = net.state_dict()
    return loss.item(), {name: (after[name] - before[name]).double() for name in STEP_TENSORS}


def relative_error(found, expected):
    return ((found - expected).abs().max() / expected.abs().max()).item()


def is_stable(net, images, changes):
    for change in range(STEP_CHANGES):
        generator = torch.Generator().manual_seed(change)
        last_bits = 1 + 1e-7 * torch.randn(images.shape, generator=generator)
        _, rounded = one_step(net, images * last_bits, torch.float32)
        if any(relative_error(rounded[name], changes[name]) > STEP_ERROR for name in STEP_TENSORS):
            return False
    return True


def step():
    net = EfficientNet.from_name(NAME, num_classes=shared.CLASSES, image_size=STEP_SIDE)
    kernel = net._conv_stem.weight
    net._conv_stem.weight = torch.nn.Parameter(torch.empty(kernel.shape[0], 1, *kernel.shape[2:]))
    net.load_state_dict(shared.formula_weights(net), strict=False)
    net._dropout.p = 0.0
    net._global_params = net._global_params._replace(drop_connect_rate=0.0)
    shared.BATCH = len(STEP_LABELS)
    for phase in range(MOST_PHASES):
        images = shared.formula_images(1, STEP_SIDE, phase)
        loss, changes = one_step(net, images, torch.float64)
        if is_stable(net, images, changes):
            break
    else:
        sys.exit(f"{NAME}: every phase is close to a kink")
    results = {name: change.flatten()[::shared.GRADIENT_STRIDE] if change.numel() > MOST_VALUES else change
               for name, change in changes.items()}
    results["phase"] = torch.tensor(float(phase))
    results["loss"] = torch.tensor(loss)
    print("step", phase, loss, {name: change.abs().max().item() for name, change in changes.items()}, flush=True)
    save_file({name: np.ascontiguousarray(value.numpy().astype(np.float32)) for name, value in results.items()},
              shared.OUT / "efficientnet-step.safetensors", metadata={"torch": torch.__version__})


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
    step()
    main()
