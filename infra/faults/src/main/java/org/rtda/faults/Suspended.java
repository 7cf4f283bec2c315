package org.rtda.faults;

import java.time.Duration;
import java.util.List;
import org.rtda.contracts.Topic;

/**
 * A service is held (SIGSTOP) for longer than any lease, another of its kind is there to take over, and then it goes on
 * (SIGCONT) and believes that no time has passed.
 */
record Suspended(String name, Role role) implements Fault {
    /** The longest lease is a group session of 90 s. */
    private static final Duration TIME = Duration.ofSeconds(120);

    @Override
    public String description() {
        return "the " + role.words() + " at work is held for " + TIME.toSeconds() + " s (SIGSTOP), another is there";
    }

    @Override
    public Topic countedIn() {
        return role == Role.EVALUATOR ? Topic.ROBUSTNESS_METRICS : Topic.TRAINING_METRICS;
    }

    @Override
    public void prepare(SystemUnderTest system) {
        if (role.standing() == 1) {
            system.awaitWell(system.start(role));
        }
    }

    @Override
    public void happen(Trial trial) {
        List<SystemUnderTest.Member> members = trial.system().members(role);
        trial.system().suspend(role == Role.TRAINER ? owner(trial, members) : trial.oneOf(members), TIME);
    }

    private static SystemUnderTest.Member owner(Trial trial, List<SystemUnderTest.Member> trainers) {
        List<String> named = trial.system().watch().of(trial.experimentIds()).stream()
                .filter(seen -> seen.topic() == Topic.EXPERIMENT_STATUS)
                .map(seen -> seen.document().path("trainer").asText())
                .toList();
        return trainers.stream()
                .filter(trainer -> named.contains(trainer.instance()))
                .findFirst()
                .orElseGet(() -> trainers.get(0));
    }
}
