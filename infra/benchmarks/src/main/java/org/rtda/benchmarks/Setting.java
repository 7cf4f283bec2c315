package org.rtda.benchmarks;

import java.nio.file.Path;
import java.util.List;
import org.rtda.nn.pytorch.engine.TorchEngine;
import org.rtda.store.MinioArtifactStore;
import org.rtda.testkit.LocalStack;

/**
 * What a benchmark runs with: folders, threads, turns and cases.
 *
 * @param root of the built project
 * @param folder empty, for what a benchmark writes; deleted by nobody
 * @param threads of the native kernels of every program that is compared
 * @param turns taken by each side; 0 for the benchmark's own number
 * @param quick smaller batches and fewer images, to try a benchmark rather than to measure
 * @param cases to measure; empty for all
 * @param python the command that rivals run by
 * @param device that both sides of {@code step} and {@code attack} compute on, {@code cpu} or {@code gpu}
 */
record Setting(
        Path root,
        Path folder,
        int threads,
        int turns,
        boolean quick,
        List<String> cases,
        String python,
        String device) {
    static final String BUCKET = "benchmarks";

    /** The turns that were asked for, else these. */
    int turnsOr(int own) {
        return turns > 0 ? turns : own;
    }

    /** Whether a case was asked for, or no case in particular. */
    boolean wants(String name) {
        return cases.isEmpty() || cases.contains(name);
    }

    /** Progress, for the person who waits. */
    void tell(String message) {
        System.err.println("bench: " + message);
    }

    /** A program of {@code infra/benchmarks/rivals}, warmed up, or known to lack a package. */
    Rival rival(String script, List<String> arguments) {
        return Rival.start(python, root.resolve("infra/benchmarks/rivals").resolve(script), arguments);
    }

    /** PyTorch in this process with these threads, on the device. */
    TorchEngine engine() {
        System.setProperty("ai.djl.pytorch.num_threads", Integer.toString(threads));
        System.setProperty("ai.djl.pytorch.num_interop_threads", "1");
        return TorchEngine.start(device);
    }

    /**
     * The broker and the store, started by the first call, for services with so many native threads each. They end with
     * this process.
     */
    PackagedService.BackingServices backing(int nativeThreads) {
        LocalStack stack = LocalStack.shared();
        return new PackagedService.BackingServices(
                root,
                stack.bootstrapServers(),
                stack.s3Endpoint(),
                stack.accessKey(),
                stack.secretKey(),
                BUCKET,
                nativeThreads,
                folder);
    }

    /** The store of {@link #backing}. */
    MinioArtifactStore store() {
        LocalStack stack = LocalStack.shared();
        return new MinioArtifactStore(stack.settings(BUCKET));
    }
}
