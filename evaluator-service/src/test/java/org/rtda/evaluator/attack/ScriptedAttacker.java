package org.rtda.evaluator.attack;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.rtda.contracts.AttackRequest;
import org.rtda.core.ImageBatch;
import org.rtda.evaluator.context.EvaluationLane;
import org.rtda.store.DatasetReader;
import org.rtda.store.Payloads;

/**
 * Moves every image across the middle grey, towards which the mean model decides, and as far beyond; images that it is told
 * to hold, or to fool by certain attacks alone, it leaves as they are.
 */
public final class ScriptedAttacker implements AdversarialImages {
    public final List<AttackRequest> requests = new ArrayList<>();
    public final List<ImageBatch> starts = new ArrayList<>();
    public final Set<Integer> holding = new HashSet<>();
    /** By attack, the only images that it fools. */
    public final Map<String, List<Integer>> fools = new HashMap<>();

    public Integer zeroGradients = 0;
    public Float firstImageOfShard1;

    private final DatasetReader datasets;
    private final Payloads payloads;

    public ScriptedAttacker(DatasetReader datasets, Payloads payloads) {
        this.datasets = datasets;
        this.payloads = payloads;
    }

    @Override
    public Asked ask(EvaluationLane lane, AttackRequest request, long[] shape) {
        requests.add(request);
        ImageBatch from = request.base() != null
                ? payloads.read(request.base())
                : ImageBatch.of(datasets.read(
                                request.images().dataset(),
                                request.images().split(),
                                request.images().indices())
                        .images());
        starts.add(from);
        Answer answer = new Answer(perturbed(request, from), zeroGradients);
        return new Asked() {
            @Override
            public Answer await() {
                return answer;
            }

            @Override
            public void close() {}
        };
    }

    private ImageBatch perturbed(AttackRequest request, ImageBatch from) {
        float[] pixels = from.pixels().clone();
        int size = from.imageSize();
        double reach = request.attack().epsilon() / Math.sqrt(size);
        for (int n = 0; n < from.count(); n++) {
            int index = request.images().indices()[n];
            List<Integer> only = fools.get(request.attack().name());
            if (holding.contains(index) || only != null && !only.contains(index)) {
                continue;
            }
            for (int i = n * size; i < (n + 1) * size; i++) {
                double wanted = Math.max(-reach, Math.min(reach, 2 * (0.5 - pixels[i])));
                pixels[i] = (float) (pixels[i] + 0.999 * wanted);
            }
        }
        if (firstImageOfShard1 != null && request.shard() == 1) {
            pixels[0] = firstImageOfShard1;
        }
        return new ImageBatch(from.count(), from.channels(), from.height(), from.width(), pixels);
    }
}
