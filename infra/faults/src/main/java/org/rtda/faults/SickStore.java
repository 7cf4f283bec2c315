package org.rtda.faults;

import java.time.Duration;
import java.util.function.Supplier;
import org.rtda.faults.proxy.Interference;
import org.rtda.faults.proxy.Link;

/**
 * The store answers, but not as it should, for a minute.
 *
 * @param description of what it does
 * @param interference a fresh one each time: it may count
 */
record SickStore(String name, String description, Supplier<Interference> interference) implements Fault {
    private static final Duration TIME = Duration.ofSeconds(60);

    @Override
    public void happen(Trial trial) {
        Interference one = interference.get();
        trial.system().links().forEach(link -> link.interfere(one));
        Pause.of(TIME);
        trial.system().links().forEach(Link::restore);
    }
}
