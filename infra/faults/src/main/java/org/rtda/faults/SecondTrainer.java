package org.rtda.faults;

import java.util.Collections;
import java.util.List;

/** Work is shared out anew while the first trainer has a queue. */
record SecondTrainer() implements Fault {
    private static final int RUNS = 8;

    @Override
    public String name() {
        return "second-trainer";
    }

    @Override
    public String description() {
        return "a second trainer is started in a queue of " + RUNS + " runs";
    }

    @Override
    public List<Template> load() {
        return Collections.nCopies(RUNS, Template.TINY);
    }

    @Override
    public void happen(Trial trial) {
        trial.system().awaitWell(trial.system().start(Role.TRAINER)).ifPresent(trial::complain);
    }
}
