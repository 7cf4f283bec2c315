package org.rtda.evaluator;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.Valid;
import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import java.time.Duration;
import java.util.Optional;

/** The keys below {@code rtda.}. Public because the validator of configurations reads it from outside. */
@ConfigMapping(prefix = "rtda")
public interface EvaluatorConfig {
    /** Names this process: answers to its attack requests come back to this name. */
    @NotBlank
    String instance();

    /** Bytes of image blocks kept in memory. */
    @WithDefault("67108864")
    @Min(0)
    long blockCacheBytes();

    /** How long the broker may take to answer at start before the service gives up. */
    @WithDefault("PT30S")
    Duration brokerPatience();

    @Valid
    Store store();

    @Valid
    Evaluator evaluator();

    interface Store {
        /** For example http://127.0.0.1:9000. */
        @NotBlank
        String endpoint();

        @WithDefault("rtda")
        String bucket();

        @WithDefault("us-east-1")
        String region();

        @NotBlank
        String accessKey();

        @NotBlank
        String secretKey();

        /** How long a call is tried again while the store is out of reach. */
        @WithDefault("PT5M")
        Duration patience();
    }

    interface Evaluator {
        /** Conditions under way at once; more than compute, since some wait for their adversarial images meanwhile. */
        @WithDefault("12")
        @Min(1)
        @Max(64)
        int tasks();

        /**
         * Conditions that compute at once, a thread each; by default as many as this process has processors. Fewer where it
         * shares them with attackers: an evaluation then waits for these longest.
         */
        Optional<@Min(1) @Max(64) Integer> computing();

        /** Models kept loaded. */
        @WithDefault("4")
        @Min(1)
        @Max(64)
        int modelCache();

        /** Threads of each model that runs. */
        @WithDefault("1")
        @Min(1)
        @Max(64)
        int modelThreads();

        /**
         * Silence of all attackers after which an attack request is sent again; for attacks of more than 100 steps as many
         * times longer. Give more where a batch of 64 images takes an attacker longer.
         */
        @WithDefault("PT2M")
        Duration attackPatience();

        /** How often an attack request is sent before its condition fails. */
        @WithDefault("3")
        @Min(1)
        @Max(100)
        int attackAttempts();

        /** The service counts as dead when tasks are under way and nothing has moved for so long. */
        @WithDefault("PT15M")
        Duration stallLimit();

        @AssertTrue(
                message = "attack-patience must be positive, and stall-limit longer than attack-patience"
                        + " x attack-attempts: waiting for attackers is no stall")
        default boolean isPatienceShorterThanStall() {
            return attackPatience().compareTo(Duration.ZERO) > 0
                    && stallLimit().compareTo(attackPatience().multipliedBy(attackAttempts())) > 0;
        }
    }
}
