package org.rtda.benchmarks;

import java.util.List;

/** A benchmark with its name on the command line; one class each, listed in {@link Benchmarks}. */
interface Benchmark {

    /** As {@code ./rtda bench} knows it. */
    String name();

    /**
     * Measures in the calling thread and tells of progress with {@link Setting#tell}.
     *
     * @throws IllegalStateException when it cannot be measured, with what to do; a rival that lacks its packages is no such
     *     case: figures stand alone then and say so
     */
    List<BenchmarkFigure> run(Setting setting);
}
