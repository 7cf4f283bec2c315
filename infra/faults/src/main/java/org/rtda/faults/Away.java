package org.rtda.faults;

import java.time.Duration;
import java.util.List;
import org.rtda.faults.proxy.Link;

/**
 * Broker, store or both cannot be reached by some services for a while: their connections are cut and new ones end at once.
 *
 * @param roles that lose them
 */
record Away(String name, List<Role> roles, boolean broker, boolean store, Duration time) implements Fault {
    @Override
    public String description() {
        String what = broker && store ? "broker and store" : broker ? "the broker" : "the store";
        String whose = roles.size() == Role.values().length
                ? "all services"
                : "every " + roles.get(0).words();
        return what + " cannot be reached by " + whose + " for " + time.toSeconds() + " s";
    }

    @Override
    public void happen(Trial trial) {
        for (Role role : roles) {
            Link link = trial.system().link(role);
            if (broker) {
                link.broker().cut();
            }
            if (store) {
                link.store().cut();
            }
        }
        Pause.of(time);
        roles.forEach(role -> trial.system().link(role).restore());
    }
}
