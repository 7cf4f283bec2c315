package org.rtda.trainer;

import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jboss.logging.Logger;

/** Removes from the store what nobody waits for, beside everything else. */
@ApplicationScoped
class HouseKeeping implements Executor {
    private static final Logger LOG = Logger.getLogger(HouseKeeping.class);

    private final ExecutorService thread = Executors.newSingleThreadExecutor(work -> new Thread(work, "house-keeping"));

    @Override
    public void execute(Runnable removal) {
        thread.execute(() -> {
            try {
                removal.run();
            } catch (RuntimeException e) {
                LOG.warnf("not removed: %s", e.getMessage());
            }
        });
    }

    @PreDestroy
    void close() {
        thread.shutdown();
    }
}
