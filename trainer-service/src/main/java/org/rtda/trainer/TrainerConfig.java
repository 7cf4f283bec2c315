package org.rtda.trainer;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import org.rtda.contracts.ByteSize;
import org.rtda.contracts.check.Check;
import org.rtda.contracts.check.InvalidFieldException;

@ConfigMapping(prefix = "rtda")
public interface TrainerConfig {
    /** The same key as the gateway's. */
    String TRAINER_MEMORY = "rtda.trainer-memory";

    /** Names this process: in its status, and where workers send their answers. Must be unique. */
    String instance();

    /** Where networks are trained: auto (a GPU when there is one), cpu or gpu. */
    @WithDefault("auto")
    String device();

    /** After how long a request without an answer is sent again; then after twice as long each time. */
    @WithDefault("PT60S")
    Duration answerTimeout();

    /** After how long without an answer the experiment fails; it waits for as long as it takes where this is not set. */
    Optional<Duration> answerPatience();

    /**
     * The service counts as dead when a run is under way and nothing has moved for so long, while it waits neither for workers nor for the
     * broker: longer than the store's patience with one call, and than one step of the largest network.
     */
    @WithDefault("PT30M")
    Duration stallLimit();

    /**
     * Memory of a trainer, with a unit ({@code 3g}): a run that needs more is refused. When absent that of the container or the
     * machine on a CPU, and no limit on a GPU.
     */
    Optional<String> trainerMemory();

    /** Between two sweeps of what ended experiments have left in the store for workers. */
    @WithDefault("PT10M")
    Duration sweepInterval();

    /** Bytes of image blocks kept in memory; a share of the heap when absent ({@link org.rtda.store.DatasetReader}). */
    OptionalLong blockCacheBytes();

    /** Batches up to this many bytes ride in their message, larger ones go to the store. */
    @WithDefault("524288")
    int inlineLimitBytes();

    /** @throws org.rtda.contracts.check.InvalidFieldException naming the key whose value is not allowed; the store and the device check theirs */
    static void check(TrainerConfig config) {
        Check.notBlank("rtda.instance", config.instance());
        config.blockCacheBytes().ifPresent(bytes -> Check.atLeast("rtda.block-cache-bytes", bytes, 1));
        config.trainerMemory().ifPresent(memory -> ByteSize.parse(TRAINER_MEMORY, memory));
        if (config.sweepInterval().toSeconds() < 1) {
            throw new InvalidFieldException("rtda.sweep-interval", config.sweepInterval(), "at least PT1S");
        }
        Check.inRange("rtda.inline-limit-bytes", config.inlineLimitBytes(), 0, 716_800);
    }
}
