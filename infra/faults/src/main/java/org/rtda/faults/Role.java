package org.rtda.faults;

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

    /** Settings beside those that every service gets: batches go through the store, so that there are objects to lose. */
    Map<String, String> environment() {
        return this == AUGMENT_WORKER || this == ATTACK_WORKER ? Map.of("RTDA_INLINE_LIMIT_BYTES", "0") : Map.of();
    }
}
