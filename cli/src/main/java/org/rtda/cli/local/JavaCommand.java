package org.rtda.cli.local;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** How the JVM of this command line is started again for a service. */
final class JavaCommand {
    /**
     * For processes that pass messages on and compute nothing themselves: the second compiler would take the cores from
     * the services that start beside them and from training, and gain nothing.
     */
    static final List<String> QUICK_START = List.of("-XX:TieredStopAtLevel=1");

    /**
     * For all: what an idle JVM wakes for. No figures for {@code jps} and {@code jstat} (twenty times a second); locks that
     * nobody waits for any more are looked for every two seconds, not four times a second.
     */
    static final List<String> QUIET =
            List.of("-XX:-UsePerfData", "-XX:+UnlockDiagnosticVMOptions", "-XX:AsyncDeflationInterval=2000");

    /**
     * For processes that compute, the store among them, which hashes every byte and does it with the processor's own
     * instructions only in code of the second compiler: that compiler compiles what is called ten times as often as by
     * default. What is called less runs a few seconds at most, and five services that start at once wait for their
     * compilers. Loops that run long are compiled as soon as anyone would notice.
     */
    static final List<String> LATE_SECOND_COMPILER = List.of(
            "-XX:Tier4InvocationThreshold=50000",
            "-XX:Tier4MinInvocationThreshold=6000",
            "-XX:Tier4CompileThreshold=150000",
            "-XX:Tier4BackEdgeThreshold=400000");

    private static final Path SETSID = Path.of("/usr/bin/setsid");

    private JavaCommand() {}

    /**
     * The beginning of the command. In a session of its own where that can be had: Ctrl-C in the terminal then reaches this
     * command line alone, which stops its services in their order, and closing the terminal does not end them.
     */
    static List<String> java() {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        return Files.isExecutable(SETSID) ? List.of(SETSID.toString(), java) : List.of(java);
    }
}
