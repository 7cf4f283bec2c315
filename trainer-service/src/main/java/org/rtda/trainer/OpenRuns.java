package org.rtda.trainer;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** The runs this trainer has taken on, under way or waiting, so that events from outside can reach them. */
@ApplicationScoped
class OpenRuns {

    /** @param partition of the command's topic: who owns it owns the experiment */
    record OpenRun(String experimentId, int partition, RunControl control) {}

    private final List<OpenRun> open = new ArrayList<>();

    synchronized OpenRun begin(String experimentId, int partition) {
        OpenRun run = new OpenRun(experimentId, partition, new RunControl());
        open.add(run);
        return run;
    }

    synchronized void end(OpenRun run) {
        open.removeIf(other -> other == run);
    }

    void cancel(String experimentId) {
        tell(run -> run.experimentId().equals(experimentId), RunControl::cancel);
    }

    void fail(String experimentId, String reason) {
        tell(run -> run.experimentId().equals(experimentId), control -> control.fail(reason));
    }

    void partitionLost(int partition) {
        tell(run -> run.partition() == partition, RunControl::handOver);
    }

    void stopAll() {
        tell(run -> true, RunControl::handOver);
    }

    private synchronized void tell(Predicate<OpenRun> which, Consumer<RunControl> word) {
        open.stream().filter(which).map(OpenRun::control).forEach(word);
    }
}
