package org.rtda.benchmarks;

import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.rtda.attack.CraftAttack;
import org.rtda.augment.AugmentImages;
import org.rtda.contracts.AttackRequest;
import org.rtda.contracts.AugmentRequest;
import org.rtda.contracts.BatchAnswer;
import org.rtda.contracts.BatchRequest;
import org.rtda.contracts.Payload;
import org.rtda.core.ImageBatch;
import org.rtda.nn.pytorch.attack.Attack;
import org.rtda.store.Payloads;
import org.rtda.trainer.RunControl;
import org.rtda.trainer.WorkExchange;

/** A work exchange in one process: it does a request's work on the calling thread when the answer is awaited. */
public final class DirectWorkExchange implements WorkExchange {
    private final AugmentImages augmentImages;
    private final CraftAttack craftAttack;
    private final Payloads payloads;
    private final Map<String, Supplier<BatchAnswer.Ready>> pending = new ConcurrentHashMap<>();

    public DirectWorkExchange(AugmentImages augmentImages, CraftAttack craftAttack, Payloads payloads) {
        this.augmentImages = augmentImages;
        this.craftAttack = craftAttack;
        this.payloads = payloads;
    }

    @Override
    public void request(AugmentRequest request) {
        pending.put(request.id(), () -> ready(request, augmentImages.make(request), 0, null));
    }

    @Override
    public void request(AttackRequest request) {
        pending.put(request.id(), () -> {
            Attack.Perturbed crafted = craftAttack.craft(request);
            return ready(request, crafted.images(), crafted.gradientEvaluations(), crafted.zeroGradients());
        });
    }

    @Override
    public BatchAnswer.Ready await(String requestId, RunControl control) {
        control.check();
        return pending.remove(requestId).get();
    }

    /** An answer is made when it is awaited. */
    @Override
    public boolean isReady(String requestId) {
        return false;
    }

    @Override
    public void forgetAll() {
        pending.clear();
    }

    private BatchAnswer.Ready ready(
            BatchRequest request, ImageBatch images, int gradientEvaluations, Integer zeroGradients) {
        Payload payload = payloads.write(request.id(), images);
        return BatchAnswer.Ready.to(
                request, Instant.now(), "in-process", payload, 0, gradientEvaluations, zeroGradients);
    }
}
