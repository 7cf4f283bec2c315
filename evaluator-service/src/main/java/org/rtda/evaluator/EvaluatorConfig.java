package org.rtda.evaluator;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import org.rtda.contracts.check.Check;
import org.rtda.contracts.check.InvalidFieldException;

/** The settings of this service: the keys below {@code rtda.}. */
@ConfigMapping(prefix = "rtda")
public interface EvaluatorConfig {
    /** Names this process: answers to its attack requests come back to this name. */
    String instance();

    /** Bytes of image blocks kept in memory; a share of the heap when absent ({@link org.rtda.store.DatasetReader}). */
    OptionalLong blockCacheBytes();

    /** Between two sweeps of attacked images that came after the end of their evaluation; the same key as the trainer's. */
    @WithDefault("PT10M")
    Duration sweepInterval();

    Evaluator evaluator();

    interface Evaluator {
        /** Conditions under way at once; more than compute, since some wait for their adversarial images meanwhile. */
        @WithDefault("12")
        int tasks();

        /** The same for evaluations that somebody asked for by name; theirs are besides, so that the others never wait for a place. */
        @WithDefault("6")
        int namedTasks();

        /**
         * Conditions that compute at once, a thread each; by default as many as this process has processors. Fewer where it
         * shares them with attackers: an evaluation then waits for these longest.
         */
        Optional<Integer> computing();

        /** Models kept loaded. */
        @WithDefault("4")
        int modelCache();

        /** Threads of each model that runs. */
        @WithDefault("1")
        int modelThreads();

        /**
         * Silence of all attackers after which an attack request is sent again, and then after twice as long each time, up to ten times;
         * for attacks of more than 100 steps as many times longer. Give more where a batch of 64 images takes an attacker longer.
         */
        @WithDefault("PT2M")
        Duration attackPatience();

        /** After how long without an answer a condition fails; it waits for as long as it takes where this is not set. */
        Optional<Duration> attackAnswerPatience();

        /** How often an answer may come whose object is gone or altered before its condition fails. */
        @WithDefault("3")
        int attackAttempts();

        /** The service counts as dead when tasks compute and none of them has moved for so long; waiting for attackers is no stall. */
        @WithDefault("PT15M")
        Duration stallLimit();
    }

    /** @throws org.rtda.contracts.check.InvalidFieldException naming the key whose value is not allowed; the store checks its own */
    static void check(EvaluatorConfig config) {
        Check.notBlank("rtda.instance", config.instance());
        config.blockCacheBytes().ifPresent(bytes -> Check.atLeast("rtda.block-cache-bytes", bytes, 0));
        if (config.sweepInterval().toSeconds() < 1) {
            throw new InvalidFieldException("rtda.sweep-interval", config.sweepInterval(), "at least PT1S");
        }
        Evaluator evaluator = config.evaluator();
        Check.inRange("rtda.evaluator.tasks", evaluator.tasks(), 1, 64);
        Check.inRange("rtda.evaluator.named-tasks", evaluator.namedTasks(), 1, 64);
        evaluator.computing().ifPresent(computing -> Check.inRange("rtda.evaluator.computing", computing, 1, 64));
        Check.inRange("rtda.evaluator.model-cache", evaluator.modelCache(), 1, 64);
        Check.inRange("rtda.evaluator.model-threads", evaluator.modelThreads(), 1, 64);
        Check.inRange("rtda.evaluator.attack-attempts", evaluator.attackAttempts(), 1, 100);
        requirePositive("rtda.evaluator.attack-patience", evaluator.attackPatience());
        evaluator
                .attackAnswerPatience()
                .ifPresent(patience -> requirePositive("rtda.evaluator.attack-answer-patience", patience));
        requirePositive("rtda.evaluator.stall-limit", evaluator.stallLimit());
    }

    private static void requirePositive(String key, Duration value) {
        if (value.compareTo(Duration.ZERO) <= 0) {
            throw new InvalidFieldException(key, value, "longer than nothing");
        }
    }
}
