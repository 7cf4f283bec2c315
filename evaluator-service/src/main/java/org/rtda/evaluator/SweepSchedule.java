package org.rtda.evaluator;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;
import org.rtda.evaluator.lifecycle.EvaluationSweep;

/** Runs {@link org.rtda.evaluator.lifecycle.EvaluationSweep} at intervals on a thread of its own. */
@ApplicationScoped
class SweepSchedule {
    private static final Logger LOG = Logger.getLogger(SweepSchedule.class);

    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread thread = new Thread(work, "evaluation-sweep");
        thread.setDaemon(true);
        return thread;
    });

    void begin(@Observes @Priority(100) StartupEvent started, EvaluationSweep sweep, EvaluatorConfig config) {
        long between = config.sweepInterval().toSeconds();
        clock.scheduleWithFixedDelay(() -> remove(sweep), between, between, TimeUnit.SECONDS);
    }

    static void remove(Runnable sweep) {
        try {
            sweep.run();
        } catch (RuntimeException | Error e) {
            // whatever it is: a scheduled task that throws is never run again
            LOG.warnf("attacked images of evaluations that have ended were not all removed: %s", e.getMessage());
        }
    }

    void stop(@Observes @Priority(1) ShutdownEvent event) {
        clock.shutdownNow();
    }
}
