package org.rtda.attack;

import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import org.rtda.contracts.AttackRequest;
import org.rtda.contracts.settings.AttackSettings;
import org.rtda.core.ImageBatch;
import org.rtda.core.Seed;
import org.rtda.nn.pytorch.attack.Attack;
import org.rtda.nn.pytorch.attack.AttackObjective;
import org.rtda.nn.pytorch.attack.AttackParameters;
import org.rtda.nn.pytorch.attack.Attacks;
import org.rtda.nn.pytorch.attack.Norm;
import org.rtda.service.MemoryShortage;
import org.rtda.store.CleanViews;
import org.rtda.store.DatasetReader;
import org.rtda.store.LabelledImages;
import org.rtda.store.Payloads;

/**
 * The adversarial view that a request names. For one thread at a time; while a thread is between two passes through the
 * network another may work.
 */
public final class CraftAttack {
    private final DatasetReader datasets;
    private final CleanViews cleanViews;
    private final Payloads payloads;
    private final TargetNetworks targets;
    private final Device device;

    public CraftAttack(DatasetReader datasets, Payloads payloads, TargetNetworks targets) {
        this(datasets, payloads, targets, Device.OWN);
    }

    /** @param device what makes the passes through the network */
    public CraftAttack(DatasetReader datasets, Payloads payloads, TargetNetworks targets, Device device) {
        this.datasets = datasets;
        this.cleanViews = new CleanViews(datasets);
        this.payloads = payloads;
        this.targets = targets;
        this.device = device;
    }

    /**
     * @throws org.rtda.store.ArtifactException when the data set, the weights or the base images are missing, altered or
     *     out of reach
     * @throws IllegalArgumentException when weights, network and images do not fit each other
     */
    public Attack.Perturbed craft(AttackRequest request) {
        return craft(request, () -> {});
    }

    /**
     * As above.
     *
     * @param beforeEachPass run before each pass through the network; may wait
     */
    Attack.Perturbed craft(AttackRequest request, Runnable beforeEachPass) {
        LabelledImages clean = cleanViews.of(request.images());
        ImageBatch from = request.base() == null ? ImageBatch.of(clean.images()) : payloads.read(request.base());
        if (from.count() != clean.labels().length) {
            throw new IllegalArgumentException("base must hold one image for each of the " + clean.labels().length
                    + " indices, held " + from.count());
        }
        Seed seed = new Seed(request.seed());
        List<Seed> seeds = Arrays.stream(request.images().indices())
                .mapToObj(index -> seed.forStep(request.view(), request.step(), index))
                .toList();
        int classes = datasets.manifest(request.images().dataset()).classes().size();
        Attack attack = Attacks.of(parameters(request));
        return sparing(() -> {
            try (TargetNetworks.Lease target =
                    targets.lease(request.network(), request.weights(), request.normalization(), from, classes)) {
                return device.perturb(
                        request,
                        from,
                        () -> attack.perturb(target.network(), from, clean.labels(), seeds, beforeEachPass));
            }
        });
    }

    /** Closes unused networks when memory is short, so that the next try has more. */
    private Attack.Perturbed sparing(Supplier<Attack.Perturbed> crafting) {
        try {
            return crafting.get();
        } catch (RuntimeException | Error e) {
            if (MemoryShortage.isIn(e)) {
                targets.closeUnused();
            }
            throw e;
        }
    }

    private static AttackParameters parameters(AttackRequest request) {
        AttackSettings settings = request.attack();
        return AttackParameters.builder()
                .name(settings.name())
                .norm(Norm.named(settings.norm()))
                .epsilon(settings.epsilon())
                .steps(settings.steps())
                .stepSize(settings.stepSize())
                .randomStart(settings.randomStart())
                .restarts(settings.restarts())
                .objective(AttackObjective.named(request.objective()))
                .targetClass(request.targetClass())
                .build();
    }
}
