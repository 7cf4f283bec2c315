package org.rtda.faults;

import java.util.ArrayList;
import java.util.List;

/** Two services of different kinds go at once. */
record PairKilled() implements Fault {
    @Override
    public String name() {
        return "pair-killed";
    }

    @Override
    public String description() {
        return "services of two kinds, drawn, are killed with -9 at once and started again at once";
    }

    @Override
    public void happen(Trial trial) {
        List<Role> left = new ArrayList<>(List.of(Role.values()));
        Role first = trial.oneOf(left);
        left.remove(first);
        for (Role role : List.of(first, trial.oneOf(left))) {
            trial.system().kill(trial.oneOf(trial.system().members(role)));
            trial.system().start(role);
        }
    }
}
