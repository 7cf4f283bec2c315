package org.rtda.faults;

/** The machine goes down and comes back. */
record EverythingRestarted() implements Fault {
    @Override
    public String name() {
        return "everything-restarted";
    }

    @Override
    public String description() {
        return "all services, the broker and the store are killed with -9, then started again";
    }

    @Override
    public void happen(Trial trial) {
        trial.system().restartEverything();
    }
}
