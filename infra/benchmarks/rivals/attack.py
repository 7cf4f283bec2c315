"""PGD of k steps on one batch: by a PyTorch script that asks for gradients at the images only, or by torchattacks'
PGDL2. The network is in evaluation mode. See rival.py for the protocol and the settings."""

import sys

import rival


def torchattacks_pgd(network, settings, step_size):
    try:
        import torchattacks
    except ImportError as missing:
        print("missing", missing.name)
        sys.exit(3)
    return torchattacks.PGDL2(network, eps=settings.epsilon, alpha=step_size, steps=settings.steps, random_start=True)


def main():
    parser = rival.arguments(__doc__)
    parser.add_argument("--by", choices=("script", "torchattacks"), default="script")
    settings = parser.parse_args()
    network, images, labels, advance = rival.set_up(settings)
    network.eval()
    step_size = 2.5 * settings.epsilon / settings.steps
    if settings.by == "torchattacks":
        attack = torchattacks_pgd(network, settings, step_size)
        unit = lambda: attack(images, labels)
    else:
        network.requires_grad_(False)
        unit = lambda: rival.pgd_l2(
            network, images, labels, settings.epsilon, settings.steps, step_size, advance)
    rival.take_turns(unit, settings.warm_up)


if __name__ == "__main__":
    main()
