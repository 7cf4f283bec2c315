package org.rtda.faults;

import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;

/** Attack workers come and go, as with an autoscaler that cannot decide. */
record WorkersJoinAndLeave() implements Fault {
    private static final int WAVES = 4;
    private static final int IN_A_WAVE = 4;

    @Override
    public String name() {
        return "workers-join-and-leave";
    }

    @Override
    public String description() {
        return WAVES * IN_A_WAVE + " attack workers join in " + WAVES
                + " waves; half of each wave is stopped, half killed with -9";
    }

    @Override
    public List<Template> load() {
        return Collections.nCopies(3, Template.MAIN);
    }

    @Override
    public void happen(Trial trial) {
        SystemUnderTest system = trial.system();
        for (int wave = 0; wave < WAVES; wave++) {
            List<SystemUnderTest.Member> joined = Stream.generate(() -> system.start(Role.ATTACK_WORKER))
                    .limit(IN_A_WAVE)
                    .toList();
            joined.forEach(member -> system.awaitWell(member).ifPresent(trial::complain));
            joined.stream().limit(IN_A_WAVE / 2).forEach(system::terminate);
            joined.stream().skip(IN_A_WAVE / 2).forEach(system::kill);
        }
    }
}
