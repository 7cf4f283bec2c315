package org.rtda.faults;

import java.time.Duration;
import java.util.Locale;
import java.util.Map;

/** The kinds of services, and how many of each the system under test has. */
enum Role {
    GATEWAY("gateway", 1),
    TRAINER("trainer-service", 1),
    AUGMENT_WORKER("augment-service", 1),
    /** Two, so that each has a shard of every step, and one is there when the other dies. */
    ATTACK_WORKER("attack-service", 2),
    EVALUATOR("evaluator-service", 1);

    /** Between two sweeps of a service, well below what {@link Session} waits for them. */
    static final Duration SWEEP_INTERVAL = Duration.ofSeconds(10);

    private final String module;
    private final int standing;

    Role(String module, int standing) {
        this.module = module;
        this.standing = standing;
    }

    String module() {
        return module;
    }

    /** How many the undisturbed system has. */
    int standing() {
        return standing;
    }

    /** As people say it, for example {@code attack worker}. */
    String words() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    /**
     * Settings beside those that every service gets: batches go through the store, so that there are objects to lose; and what nobody
     * waits for is swept before the suite looks at what stays, not every ten minutes.
     */
    Map<String, String> environment() {
        return switch (this) {
            case AUGMENT_WORKER, ATTACK_WORKER -> Map.of("RTDA_INLINE_LIMIT_BYTES", "0");
            case TRAINER, EVALUATOR -> Map.of("RTDA_SWEEP_INTERVAL", SWEEP_INTERVAL.toString());
            case GATEWAY -> Map.of();
        };
    }
}
