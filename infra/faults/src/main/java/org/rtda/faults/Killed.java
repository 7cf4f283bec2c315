package org.rtda.faults;

import org.rtda.contracts.Topic;

/** A service is killed, as by a power cut or for its memory, and started again at once where it was the only one of its kind. */
record Killed(String name, Role role) implements Fault {
    @Override
    public String description() {
        return "one " + role.words() + " is killed with -9"
                + (role.standing() > 1 ? ", another is there" : " and started again at once");
    }

    @Override
    public Topic countedIn() {
        return role == Role.EVALUATOR ? Topic.ROBUSTNESS_METRICS : Topic.TRAINING_METRICS;
    }

    @Override
    public void happen(Trial trial) {
        trial.system().kill(trial.oneOf(trial.system().members(role)));
        if (role.standing() == 1) {
            trial.system().start(role);
        }
    }
}
