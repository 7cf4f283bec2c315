"""One RTDA step as a PyTorch script would do it: PGD on the clean view, its parameters frozen and the network in
evaluation mode; a forward pass for each of three views in training mode; CE(f(adversarial), y) + lambda * JSD; SGD. The
AugMix view is given. See rival.py for the protocol and the settings."""

import rival
import torch
import torch.nn.functional as F


def jensen_shannon(logits):
    probabilities = [F.softmax(each, dim=1) for each in logits]
    mixture = torch.clamp(sum(probabilities) / len(probabilities), 1e-7, 1).log()
    return sum(F.kl_div(mixture, each, reduction="batchmean") for each in probabilities) / len(probabilities)


def main():
    parser = rival.arguments(__doc__)
    parser.add_argument("--lambda", dest="consistency", type=float, default=12.0, help="weight of the divergence")
    settings = parser.parse_args()
    network, clean, labels, advance = rival.set_up(settings)
    augmix = torch.rand_like(clean)
    optimizer = torch.optim.SGD(network.parameters(), lr=0.01, momentum=0.9, nesterov=True, weight_decay=5e-4)

    def unit():
        network.eval()
        network.requires_grad_(False)
        adversarial = rival.pgd_l2(
            network, clean, labels, settings.epsilon, settings.steps, 2.5 * settings.epsilon / settings.steps,
            advance)
        network.requires_grad_(True)
        network.train()
        logits = [network(view) for view in (clean, augmix, adversarial)]
        loss = F.cross_entropy(logits[2], labels) + settings.consistency * jensen_shannon(logits)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        return loss.item()

    rival.take_turns(unit, settings.warm_up)


if __name__ == "__main__":
    main()
