package org.rtda.faults;

import java.time.Duration;
import org.rtda.faults.proxy.Link;

/** The network falls apart: connections to broker and store stay, and nothing comes through for a while. */
record Silent(String name, Duration time) implements Fault {
    @Override
    public String description() {
        return "connections to broker and store stay, and nothing comes through for " + time.toSeconds() + " s";
    }

    @Override
    public void happen(Trial trial) {
        for (Link link : trial.system().links()) {
            link.broker().silence();
            link.store().silence();
        }
        Pause.of(time);
        trial.system().links().forEach(Link::restore);
    }
}
