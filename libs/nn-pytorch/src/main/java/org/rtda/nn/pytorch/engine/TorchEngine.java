package org.rtda.nn.pytorch.engine;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.jni.JniUtils;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.rtda.core.ImageBatch;

/**
 * PyTorch in this JVM, and the one thread that calls it: DJL allows one gradient computation at a time, and the thread
 * count and the gradient mode are settings of a thread. Any thread may call; work waits its turn. Several engines in one
 * JVM share the thread and the native library.
 *
 * <p>Threads of the native kernels: system property {@code ai.djl.pytorch.num_threads}, read at the first start; else
 * PyTorch takes one per core. Results are repeatable bit for bit on the CPU for one thread count. The native library
 * comes from the class path; nothing is downloaded.
 */
public final class TorchEngine implements AutoCloseable {
    private static final List<String> DEVICES = List.of("auto", "cpu", "gpu");
    private static final ThreadGroup GROUP = new ThreadGroup("torch");
    private static final ExecutorService THREAD = Executors.newSingleThreadExecutor(work -> {
        Thread thread = new Thread(GROUP, work, "torch-engine");
        thread.setDaemon(true);
        return thread;
    });

    private final Engine engine;
    private final Device device;
    private volatile boolean closed;
    /** Where values pass through on their way into the engine; used on the engine's thread only. */
    private ByteBuffer staging = ByteBuffer.allocateDirect(0);

    private TorchEngine(Engine engine, Device device) {
        this.engine = engine;
        this.device = device;
    }

    /**
     * Starts PyTorch, or joins it when it runs already.
     *
     * @param device {@code cpu}; {@code gpu}, which fails where PyTorch finds none; {@code auto}, a GPU when PyTorch finds
     *     one and else the CPU
     * @throws TorchException when the native library cannot be loaded or there is no such device
     */
    public static TorchEngine start(String device) {
        if (!DEVICES.contains(device)) {
            throw new IllegalArgumentException("device must be one of " + DEVICES + ", was " + device);
        }
        return await(THREAD.submit(() -> {
            // DJL would otherwise look for newer native libraries and report its use on some cloud machines
            System.setProperty("ai.djl.offline", System.getProperty("ai.djl.offline", "true"));
            Engine engine = load();
            // on by default for every new thread: each forward pass would build a graph
            JniUtils.setGradMode(false);
            boolean gpuFound = engine.defaultDevice().isGpu();
            if (device.equals("gpu") && !gpuFound) {
                throw new TorchException("device gpu was asked for, and PyTorch finds none", null);
            }
            return new TorchEngine(engine, device.equals("cpu") || !gpuFound ? Device.cpu() : Device.gpu());
        }));
    }

    private static Engine load() {
        try {
            return Engine.getEngine("PyTorch");
        } catch (RuntimeException | LinkageError e) {
            throw new TorchException("PyTorch could not be started: " + e.getMessage(), e);
        }
    }

    /**
     * Runs work on the engine's thread and waits for it; called on that thread, runs it at once.
     *
     * @throws TorchException when the work throws a checked exception, or the caller is interrupted while waiting; what
     *     else the work throws comes out as it is
     */
    public <T> T call(Callable<T> work) {
        if (closed) {
            throw new IllegalStateException("this engine is closed");
        }
        return run(work);
    }

    /** As {@link #call}, also on a closed engine, so that what lives on it can still be released. */
    public <T> T run(Callable<T> work) {
        if (Thread.currentThread().getThreadGroup() == GROUP) {
            try {
                return work.call();
            } catch (Exception e) {
                throw unwrapped(e);
            }
        }
        return await(THREAD.submit(work));
    }

    /** {@code cpu}, or for example {@code gpu(0)}. */
    public String deviceName() {
        return device.isGpu() ? "gpu(" + device.getDeviceId() + ")" : "cpu";
    }

    /** Takes no more work from here on. The thread and the library stay, for other engines of this JVM. */
    @Override
    public void close() {
        closed = true;
    }

    /**
     * Computes a product of two small matrices on this engine's device, whose values are whole and so exact on every device.
     *
     * @throws TorchException when the result is wrong
     * @throws RuntimeException when it cannot be computed, in the words of the native library
     */
    public void requireRight() {
        float[] product = call(() -> {
            try (NDManager manager = newManager();
                    NDArray left = load(manager, new float[] {1, 2, 3, 4}, new long[] {2, 2});
                    NDArray right = load(manager, new float[] {5, 6, 7, 8}, new long[] {2, 2});
                    NDArray result = left.matMul(right)) {
                return result.toFloatArray();
            }
        });
        if (!Arrays.equals(product, new float[] {19, 22, 43, 50})) {
            throw new TorchException(
                    "[1 2; 3 4] [5 6; 7 8] is [19 22; 43 50], and " + deviceName() + " computed "
                            + Arrays.toString(product),
                    null);
        }
    }

    /** Memory for arrays on this engine's device; the caller closes it, on the engine's thread. */
    public NDManager newManager() {
        return engine.newBaseManager(device);
    }

    /**
     * A copy of Java values in the engine's own memory; to be called on its thread. DJL's {@code create} would leave the
     * array in a new piece of Java's native memory: that is given back at some later garbage collection only, and could go
     * while a graph still reads it.
     */
    public NDArray load(NDManager manager, float[] values, long[] shape) {
        int bytes = Math.multiplyExact(Float.BYTES, values.length);
        if (staging.capacity() < bytes) {
            // the smaller one goes first: both together may be more than the process may have outside of its heap
            staging = ByteBuffer.allocateDirect(0);
            staging = ByteBuffer.allocateDirect(bytes);
        }
        ByteBuffer passing = staging.duplicate().order(ByteOrder.nativeOrder()).limit(bytes);
        passing.asFloatBuffer().put(values);
        try (NDArray passed = manager.create(passing, new Shape(shape), DataType.FLOAT32)) {
            return passed.duplicate();
        }
    }

    /** As {@link #load(NDManager, float[], long[])}, for a batch. */
    public NDArray load(NDManager manager, ImageBatch images) {
        return load(manager, images.pixels(), images.shape());
    }

    public Engine engine() {
        return engine;
    }

    private static <T> T await(Future<T> work) {
        try {
            return work.get();
        } catch (ExecutionException e) {
            throw unwrapped(e.getCause());
        } catch (InterruptedException e) {
            work.cancel(false);
            Thread.currentThread().interrupt();
            throw new TorchException("interrupted while waiting for the engine", e);
        }
    }

    private static RuntimeException unwrapped(Throwable thrown) {
        if (thrown instanceof Error error) {
            throw error;
        }
        return thrown instanceof RuntimeException runtime
                ? runtime
                : new TorchException("work on the engine failed: " + thrown.getMessage(), thrown);
    }
}
