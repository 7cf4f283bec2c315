package org.rtda.faults;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.rtda.contracts.BatchRequestId;
import org.rtda.contracts.ObjectKeys;
import org.rtda.store.ArtifactStore;

/**
 * A batch that waits in the store for its step is deleted or altered. The system must make it anew, to the same weights.
 *
 * @param what happens to it, in words
 * @param alteration of its bytes; none where it is deleted
 */
record AlteredPayload(String name, String what, Optional<UnaryOperator<byte[]>> alteration) implements Fault {
    static AlteredPayload deleted() {
        return new AlteredPayload("payload-deleted", "deleted", Optional.empty());
    }

    static AlteredPayload truncated() {
        return new AlteredPayload(
                "payload-truncated",
                "cut to half its length",
                Optional.of(bytes -> Arrays.copyOf(bytes, bytes.length / 2)));
    }

    static AlteredPayload bitFlipped() {
        return new AlteredPayload("payload-bit-flipped", "changed in one bit", Optional.of(bytes -> {
            byte[] flipped = bytes.clone();
            flipped[flipped.length / 2] ^= 1;
            return flipped;
        }));
    }

    @Override
    public String description() {
        return "a batch in the store is " + what + " before it is used, and made anew";
    }

    @Override
    public void happen(Trial trial) {
        ArtifactStore store = trial.system().store();
        String prefix = ObjectKeys.transients(trial.experimentIds().iterator().next());
        String[] chosen = {null};
        boolean found = trial.system()
                .watch()
                .await(
                        () -> trial.isOver() || (chosen[0] = latest(store.list(prefix))) != null,
                        trial.system().limits().patience());
        if (!found || chosen[0] == null) {
            throw new IllegalStateException("no batch of the experiment came into the store");
        }
        trial.remember(chosen[0]);
        if (alteration.isPresent()) {
            store.find(chosen[0])
                    .ifPresent(bytes -> store.put(chosen[0], alteration.get().apply(bytes)));
        } else {
            store.delete(chosen[0]);
        }
    }

    /** An augmented batch of the step that is furthest from being trained, so that it is not used before it is altered; null for none. */
    private static String latest(List<String> keys) {
        return keys.stream()
                .flatMap(key -> ObjectKeys.requestOfPayload(key).stream())
                .filter(request -> request.view().startsWith("augmix"))
                .max(Comparator.comparingLong(BatchRequestId::step))
                .map(request -> ObjectKeys.payload(request.text()))
                .orElse(null);
    }
}
