package org.rtda.cli.local;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The processes that were started and their addresses. It is written after every start, so that processes of an
 * interrupted run are found.
 *
 * @param bootstrapServers of the broker; null before it answers
 * @param s3Endpoint of the store; null before it answers
 * @param processes in the order of their start
 */
public record StackState(String bootstrapServers, String s3Endpoint, List<ServiceProcess> processes) {
    static final StackState NONE = new StackState(null, null, List.of());

    public StackState {
        processes = processes == null ? List.of() : List.copyOf(processes);
    }

    @JsonIgnore
    public Optional<ServiceProcess> process(String name) {
        return processes.stream().filter(process -> process.name().equals(name)).findFirst();
    }

    /** Replaces one of the same name; stands last. */
    StackState with(ServiceProcess process) {
        List<ServiceProcess> all = new ArrayList<>(processes);
        all.removeIf(other -> other.name().equals(process.name()));
        all.add(process);
        return new StackState(bootstrapServers, s3Endpoint, all);
    }

    StackState without(ServiceProcess process) {
        List<ServiceProcess> all = new ArrayList<>(processes);
        all.remove(process);
        return new StackState(bootstrapServers, s3Endpoint, all);
    }

    StackState at(String newBootstrapServers, String newS3Endpoint) {
        return new StackState(newBootstrapServers, newS3Endpoint, processes);
    }
}
