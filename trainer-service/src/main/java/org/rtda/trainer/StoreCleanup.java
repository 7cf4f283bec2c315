package org.rtda.trainer;

import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/** Removes from the store what nobody waits for, beside everything else. */
@ApplicationScoped
class StoreCleanup implements Executor {
    private static final Logger LOG = Logger.getLogger(StoreCleanup.class);

    private final ScheduledExecutorService thread =
            Executors.newSingleThreadScheduledExecutor(work -> new Thread(work, "store-cleanup"));

    /** Now and then, for as long as this trainer lives. */
    void sweep(@Observes @Priority(100) StartupEvent started, TransientSweep sweep, TrainerConfig config) {
        long between = config.sweepInterval().toSeconds();
        thread.scheduleWithFixedDelay(() -> remove(sweep), between, between, TimeUnit.SECONDS);
    }

    @Override
    public void execute(Runnable removal) {
        thread.execute(() -> remove(removal));
    }

    static void remove(Runnable removal) {
        try {
            removal.run();
        } catch (RuntimeException | Error e) {
            // whatever it is: a scheduled task that throws is never run again
            LOG.warnf("not removed: %s", e.getMessage());
        }
    }

    @PreDestroy
    void close() {
        thread.shutdown();
    }
}
