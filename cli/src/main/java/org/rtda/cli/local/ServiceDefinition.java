package org.rtda.cli.local;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A service as a process of this machine.
 *
 * @param name unique in one stack, for example {@code attack-service-2}
 * @param module folder of the project
 * @param heapMegabytes Java heap at most
 * @param directMegabytes Java buffers outside the heap at most
 * @param threads of its native kernels; 0 for a service without any
 */
record ServiceDefinition(String name, String module, int heapMegabytes, int directMegabytes, int threads) {

    /**
     * The five services.
     *
     * @param attackWorkers how many attack services
     * @param threads of each process that computes
     */
    static List<ServiceDefinition> all(int attackWorkers, int threads) {
        List<ServiceDefinition> all = new ArrayList<>();
        all.add(new ServiceDefinition("gateway", "gateway", 192, 64, 0));
        all.add(new ServiceDefinition("augment-service", "augment-service", 256, 64, 0));
        IntStream.rangeClosed(1, attackWorkers)
                .mapToObj(i -> new ServiceDefinition(
                        i == 1 ? "attack-service" : "attack-service-" + i, "attack-service", 384, 128, threads))
                .forEach(all::add);
        all.add(new ServiceDefinition("trainer-service", "trainer-service", 512, 128, threads));
        all.add(new ServiceDefinition("evaluator-service", "evaluator-service", 384, 128, 1));
        return List.copyOf(all);
    }

    /** The jar to run, under the project's folder. */
    Path jar(Path project) {
        return project.resolve(module).resolve("target/quarkus-app/quarkus-run.jar");
    }

    List<String> command(Path project) {
        List<String> command = new ArrayList<>(JavaCommand.java());
        command.add("-Xmx" + heapMegabytes + "m");
        command.add("-XX:MaxDirectMemorySize=" + directMegabytes + "m");
        command.add("-XX:+UseSerialGC");
        command.add("-XX:+ExitOnOutOfMemoryError");
        if (threads > 0) {
            command.add("-Dai.djl.pytorch.num_threads=" + threads);
            command.add("-Dai.djl.pytorch.num_interop_threads=1");
        }
        command.add("-jar");
        command.add(jar(project).toString());
        return command;
    }
}
