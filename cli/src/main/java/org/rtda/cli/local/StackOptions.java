package org.rtda.cli.local;

import java.time.Duration;
import java.util.OptionalInt;

/**
 * The options with which broker, store and services are started.
 *
 * @param attackWorkers attack services; when absent, those that run stay, and one is started when none does
 * @param gatewayPort when absent, the last one or 8080 when free, else any
 * @param threads of each process that computes
 * @param startLimit for the slowest service to become ready
 * @param endWithThisProcess let the broker and the store end with this command line, even when it is killed
 */
public record StackOptions(
        OptionalInt attackWorkers,
        OptionalInt gatewayPort,
        int threads,
        Duration startLimit,
        boolean endWithThisProcess) {

    /** Half of the cores each: training and attacking take turns, and the broker and the evaluation want some, too. */
    public static int defaultThreads() {
        return Math.max(1, Runtime.getRuntime().availableProcessors() / 2);
    }
}
