package org.rtda.service;

import java.time.Duration;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.rtda.contracts.check.InvalidFieldException;

/** Liveness: down when work is under way and nothing has moved for longer than a limit, though it waits for nobody. */
public final class ProgressLiveness implements HealthCheck {
    private final String name;
    private final WorkProgress progress;
    private final Duration limit;

    /**
     * @param name what moves, for people: "experiments move"
     * @param limit longer than the longest single piece of work, and than the store's patience with one call
     */
    public ProgressLiveness(String name, WorkProgress progress, Duration limit) {
        this.name = name;
        this.progress = progress;
        this.limit = limit;
    }

    /**
     * Refuses a limit that a store which is away exceeds: to start the service again brings no store back.
     *
     * @param key of the setting
     * @throws InvalidFieldException where it is not longer than the store's patience
     */
    public static void checkLimit(String key, Duration limit, StoreConfig store) {
        if (limit.compareTo(store.patience()) <= 0) {
            throw new InvalidFieldException(
                    key,
                    limit,
                    "longer than rtda.store.patience, " + store.patience() + ": waiting for the store is no stall");
        }
    }

    /** To which a service may add what else it has to say. */
    public HealthCheckResponseBuilder judgement() {
        Duration stalled = progress.stalledFor();
        return HealthCheckResponse.named(name)
                .status(stalled.compareTo(limit) <= 0)
                .withData("tasks-under-way", progress.tasksUnderWay())
                .withData("seconds-without-movement", stalled.toSeconds());
    }

    @Override
    public HealthCheckResponse call() {
        return judgement().build();
    }
}
