package org.rtda.benchmarks;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Attack workers with simulated devices, one process each, more of them as a measurement goes on. */
final class AttackWorkers implements AutoCloseable {
    private static final int STARTED_AT_A_TIME = 4;

    private final PackagedService.BackingServices backing;
    private final Map<String, String> environment;
    private final AttackGroup group;
    private final List<PackagedService> processes = new ArrayList<>();

    /** @param millisPerImage of each device */
    AttackWorkers(PackagedService.BackingServices backing, double millisPerImage) {
        this.backing = backing;
        this.environment = Map.of(
                "RTDA_SIMULATED_DEVICE_MILLIS_PER_IMAGE",
                Double.toString(millisPerImage),
                "RTDA_DEVICE",
                "cpu",
                // many processes on few processors: compiling well would take more from the others than it gives
                "JAVA_TOOL_OPTIONS",
                "-XX:TieredStopAtLevel=1");
        this.group = new AttackGroup(backing.bootstrapServers());
    }

    /** Returns when there are so many and each may take requests. */
    void growTo(int workers) {
        while (processes.size() < workers) {
            List<PackagedService> starting = new ArrayList<>();
            while (starting.size() < STARTED_AT_A_TIME && processes.size() + starting.size() < workers) {
                String instance = "attack-" + (processes.size() + starting.size() + 1);
                starting.add(PackagedService.start("attack-service", instance, backing, environment));
            }
            processes.addAll(starting);
            starting.forEach(PackagedService::awaitReady);
        }
        group.awaitMembers(workers);
    }

    /** Processor time of all of them so far. */
    Duration processorTime() {
        return processes.stream().map(PackagedService::processorTime).reduce(Duration.ZERO, Duration::plus);
    }

    @Override
    public void close() {
        processes.forEach(PackagedService::close);
        group.close();
    }
}
