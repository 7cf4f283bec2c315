package org.rtda.faults;

/** The control: without it, a difference could be the suite's own. */
record Nothing() implements Fault {
    @Override
    public String name() {
        return "nothing";
    }

    @Override
    public String description() {
        return "nothing happens: the control";
    }

    @Override
    public void happen(Trial trial) {}
}
