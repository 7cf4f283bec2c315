package org.rtda.cli.local;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.rtda.store.RunMemory;

/**
 * A service as a process of this machine.
 *
 * @param name unique in one stack, for example {@code attack-service-2}
 * @param module folder of the project
 * @param heapMegabytes Java heap at the start, enough for networks of up to a million weights
 * @param mostHeapMegabytes Java heap at most, enough for the largest network: the weights of wide-resnet-50-2 are 268 MB,
 *     of which an attacker holds three copies and a trainer that saves a checkpoint eight
 * @param directMegabytes Java buffers outside the heap at most: trainers and attackers pass whole batches and weights through one, as
 *     in containers, where the JVM allows as much as the heap has
 * @param threads of its native kernels, in the evaluator of conditions; 0 for a service without either
 */
record ServiceDefinition(
        String name, String module, int heapMegabytes, int mostHeapMegabytes, int directMegabytes, int threads) {
    private static final String ATTACK_WORKER = "attack-service";

    /** Of a trainer where the machine is small. */
    private static final int SMALLEST_TRAINER_HEAP = 2560;

    /** Beyond it Java's references take twice the memory. */
    private static final int LARGEST_TRAINER_HEAP = 30 << 10;

    /**
     * The five services.
     *
     * @param attackWorkers how many attack services
     * @param threads of each process that computes
     * @param memoryBytes of the machine, from which the gateway tells whether a run fits
     */
    static List<ServiceDefinition> all(int attackWorkers, int threads, long memoryBytes) {
        int trainerHeap = trainerHeap(memoryBytes);
        List<ServiceDefinition> all = new ArrayList<>();
        all.add(new ServiceDefinition("gateway", "gateway", 192, 1024, 64, 0));
        all.add(new ServiceDefinition("augment-service", "augment-service", 256, 256, 64, 0));
        IntStream.rangeClosed(1, attackWorkers)
                .mapToObj(i -> new ServiceDefinition(
                        i == 1 ? ATTACK_WORKER : ATTACK_WORKER + "-" + i, ATTACK_WORKER, 384, 1280, 1280, threads))
                .forEach(all::add);
        all.add(new ServiceDefinition("trainer-service", "trainer-service", 512, trainerHeap, trainerHeap, threads));
        all.add(new ServiceDefinition("evaluator-service", "evaluator-service", 384, 1024, 128, threads));
        return List.copyOf(all);
    }

    /**
     * What {@link RunMemory} may count on: the machine's memory, or as much as goes with the largest heap.
     *
     * @param memoryBytes of the machine
     */
    static long trainerMemory(long memoryBytes) {
        return Math.min(memoryBytes, ((long) LARGEST_TRAINER_HEAP << 20) * 100 / RunMemory.HEAP_PERCENT);
    }

    /** The share of the memory that {@link RunMemory} counts as heap, in megabytes; more where the machine is small. */
    private static int trainerHeap(long memoryBytes) {
        long share = memoryBytes / 100 * RunMemory.HEAP_PERCENT >> 20;
        return (int) Math.min(LARGEST_TRAINER_HEAP, Math.max(SMALLEST_TRAINER_HEAP, share));
    }

    /** @param name of a process of the stack */
    static boolean isAttackWorker(String name) {
        return name.startsWith(ATTACK_WORKER);
    }

    /** Folder of the packaged application, under the project's. */
    Path application(Path project) {
        return project.resolve(module).resolve("target/quarkus-app");
    }

    /** Whether health and metrics have a port of their own: the gateway's HTTP port is for people and programs. */
    boolean hasManagementPort() {
        return module.equals("gateway");
    }

    /** What the build writes last. */
    Path jar(Path project) {
        return application(project).resolve("quarkus-run.jar");
    }

    /** @param writesArchive see {@link ClassArchive}; ignored for a second process of a module */
    List<String> command(Path project, boolean writesArchive) {
        List<String> command = new ArrayList<>(JavaCommand.java());
        command.add("-Xms" + heapMegabytes + "m");
        command.add("-Xmx" + mostHeapMegabytes + "m");
        command.add("-XX:MaxDirectMemorySize=" + directMegabytes + "m");
        command.add("-XX:+UseSerialGC");
        command.addAll(JavaCommand.QUIET);
        command.addAll(module.equals("gateway") ? JavaCommand.QUICK_START : JavaCommand.LATE_SECOND_COMPILER);
        Path target = project.resolve(module).resolve("target");
        command.addAll(ClassArchive.options(target, jar(project), writesArchive && name.equals(module)));
        command.add("-XX:+ExitOnOutOfMemoryError");
        if (threads > 0) {
            command.add("-Dai.djl.pytorch.num_threads=" + threads);
            command.add("-Dai.djl.pytorch.num_interop_threads=1");
        }
        command.addAll(List.of("-cp", ApplicationClassPath.of(application(project)), ApplicationClassPath.MAIN_CLASS));
        return command;
    }
}
