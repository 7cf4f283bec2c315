package org.rtda.benchmarks;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ShareGroupDescription;
import org.apache.kafka.common.GroupState;
import org.rtda.contracts.Topic;

/** Attack workers with simulated devices, one process each, more of them as a measurement goes on. */
final class AttackWorkers implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final int STARTED_AT_A_TIME = 4;
    private static final String GROUP = Topic.ATTACK_REQUESTS.workers();

    private final PackagedService.Surroundings surroundings;
    private final Map<String, String> environment;
    private final Admin admin;
    private final List<PackagedService> processes = new ArrayList<>();

    /** @param millisPerImage of each device */
    AttackWorkers(PackagedService.Surroundings surroundings, double millisPerImage) {
        this.surroundings = surroundings;
        this.environment = Map.of(
                "RTDA_SIMULATED_DEVICE_MILLIS_PER_IMAGE",
                Double.toString(millisPerImage),
                "RTDA_DEVICE",
                "cpu",
                // many processes on few processors: compiling well would take more from the others than it gives
                "JAVA_TOOL_OPTIONS",
                "-XX:TieredStopAtLevel=1");
        this.admin = Admin.create(Map.of("bootstrap.servers", surroundings.bootstrapServers()));
    }

    /** Returns when there are so many and each may take requests. */
    void growTo(int workers) {
        while (processes.size() < workers) {
            List<PackagedService> starting = new ArrayList<>();
            while (starting.size() < STARTED_AT_A_TIME && processes.size() + starting.size() < workers) {
                String instance = "attack-" + (processes.size() + starting.size() + 1);
                starting.add(PackagedService.start("attack-service", instance, surroundings, environment));
            }
            processes.addAll(starting);
            starting.forEach(PackagedService::awaitReady);
        }
        long end = System.nanoTime() + PATIENCE.toNanos();
        try {
            while (!shareAmong(workers)) {
                if (System.nanoTime() > end) {
                    throw new IllegalStateException(
                            workers + " attack workers do not all take requests of their topic within " + PATIENCE
                                    + " (logs in " + surroundings.logs() + ")");
                }
                Thread.sleep(200);
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        } catch (ExecutionException e) {
            throw new IllegalStateException("the broker does not describe the group " + GROUP, e.getCause());
        }
    }

    private boolean shareAmong(int workers) throws InterruptedException, ExecutionException {
        ShareGroupDescription group = admin.describeShareGroups(List.of(GROUP))
                .describedGroups()
                .get(GROUP)
                .get();
        long taking = group.members().stream()
                .filter(member -> !member.assignment().topicPartitions().isEmpty())
                .count();
        return group.groupState() == GroupState.STABLE && taking == workers;
    }

    /** Processor time of all of them so far. */
    Duration processorTime() {
        return processes.stream().map(PackagedService::processorTime).reduce(Duration.ZERO, Duration::plus);
    }

    @Override
    public void close() {
        processes.forEach(PackagedService::close);
        admin.close();
    }
}
