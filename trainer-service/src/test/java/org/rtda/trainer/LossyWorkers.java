package org.rtda.trainer;

import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import org.rtda.contracts.AttackRequest;
import org.rtda.contracts.AugmentRequest;
import org.rtda.contracts.BatchAnswer;
import org.rtda.contracts.BatchRequest;
import org.rtda.contracts.ObjectKeys;
import org.rtda.core.ImageBatch;
import org.rtda.store.ArtifactCorruptException;
import org.rtda.store.ArtifactException;
import org.rtda.store.ArtifactMissingException;
import org.rtda.store.CleanViews;
import org.rtda.store.DatasetReader;
import org.rtda.store.InMemoryArtifactStore;
import org.rtda.store.Payloads;

/** Workers whose answers depend on the request alone, and whose store loses or alters one object so many times. */
final class LossyWorkers implements WorkExchange {
    private final InMemoryArtifactStore store;
    private final Payloads payloads;
    private final String victim;
    /** Null deletes. */
    private final UnaryOperator<byte[]> alteration;

    /** What the worker makes of the victim, instead of losing it; null loses it. */
    private UnaryOperator<ImageBatch> wrong;

    private int left;
    private final DatasetReader datasets;
    private final Map<String, BatchRequest> asked = new ConcurrentHashMap<>();

    LossyWorkers(InMemoryArtifactStore store, String victim, UnaryOperator<byte[]> alteration, int times) {
        this.store = store;
        this.payloads = new Payloads(store, 0);
        this.datasets = new DatasetReader(store, 0);
        this.victim = victim;
        this.alteration = alteration;
        this.left = times;
    }

    /** Workers that lose nothing. */
    LossyWorkers(InMemoryArtifactStore store) {
        this(store, "nothing", null, 0);
    }

    /** @param wrong what the worker makes of the victim, instead of losing it; null loses it */
    void answerWith(UnaryOperator<ImageBatch> wrong) {
        this.wrong = wrong;
    }

    /** How often the victim is still to be lost or altered. */
    int left() {
        return left;
    }

    @Override
    public void request(AugmentRequest request) {
        asked.put(request.id(), request);
    }

    @Override
    public void request(AttackRequest request) {
        asked.put(request.id(), request);
    }

    @Override
    public BatchAnswer.Ready await(String requestId, RunControl control) {
        BatchRequest request = asked.remove(requestId);
        float shade = request.step() / 10f;
        if (request instanceof AttackRequest attack) {
            lose(attack.weights().key());
            try {
                // the weights' first byte, so that it matters which ones they are
                shade += store.get(attack.weights())[store.get(attack.weights()).length - 1] / 1000f;
                shade +=
                        attack.base() == null ? 0 : payloads.read(attack.base()).pixels()[0];
            } catch (ArtifactMissingException | ArtifactCorruptException e) {
                throw new BrokenObjectException(e.getMessage(), ArtifactException.brokenObject(e));
            }
        }
        ImageBatch images = request instanceof AttackRequest attack
                ? near(start(attack), attack.attack().epsilon(), shade)
                : shaded(request.images().indices().length, shade);
        BatchAnswer.Ready answer = new BatchAnswer.Ready(
                requestId,
                Instant.EPOCH,
                1,
                "exp-1",
                "trainer",
                7,
                "worker",
                payloads.write(requestId, altered(requestId, images)),
                1,
                0,
                0);
        lose(answer.images().object().key());
        return answer;
    }

    static ImageBatch shaded(int images, float shade) {
        float[] pixels = new float[images * 64];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = Math.min(1, Math.abs(shade + (i % 7) / 20f));
        }
        return new ImageBatch(images, 1, 8, 8, pixels);
    }

    private ImageBatch start(AttackRequest request) {
        return request.base() == null
                ? ImageBatch.of(new CleanViews(datasets).of(request.images()).images())
                : payloads.read(request.base());
    }

    /** As far in each of the 64 pixels as a ball of either norm allows, and less for another shade. */
    private static ImageBatch near(ImageBatch start, double epsilon, float shade) {
        float[] pixels = start.pixels().clone();
        double step = epsilon / 8 / (1 + shade);
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = (float) (pixels[i] + (pixels[i] < 0.5 ? step : -step));
        }
        return new ImageBatch(start.count(), 1, 8, 8, pixels);
    }

    private ImageBatch altered(String requestId, ImageBatch images) {
        if (wrong == null || !ObjectKeys.payload(requestId).equals(victim) || left == 0) {
            return images;
        }
        left--;
        return wrong.apply(images);
    }

    private void lose(String key) {
        if (wrong != null || !key.equals(victim) || left == 0) {
            return;
        }
        left--;
        if (alteration == null) {
            store.delete(key);
        } else {
            store.put(key, alteration.apply(store.find(key).orElseThrow()));
        }
    }

    /** An augmented batch is made when it is awaited, and needs nothing but its request. */
    @Override
    public boolean isReady(String requestId) {
        return asked.get(requestId) instanceof AugmentRequest;
    }

    @Override
    public void forgetAll() {
        asked.clear();
    }
}
