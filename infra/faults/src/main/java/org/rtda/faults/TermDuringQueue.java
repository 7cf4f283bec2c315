package org.rtda.faults;

import java.util.Collections;
import java.util.List;

/** An operator stops the trainer while runs wait in it. */
record TermDuringQueue() implements Fault {
    private static final int RUNS = 5;

    @Override
    public String name() {
        return "term-during-queue";
    }

    @Override
    public String description() {
        return "the trainer gets SIGTERM in a queue of " + RUNS + " runs and another is started when it has ended";
    }

    @Override
    public List<Template> load() {
        return Collections.nCopies(RUNS, Template.TINY);
    }

    @Override
    public void happen(Trial trial) {
        trial.system().terminate(trial.system().members(Role.TRAINER).get(0));
        trial.system().start(Role.TRAINER);
    }
}
