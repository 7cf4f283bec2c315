package org.rtda.cli.local;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The command that starts a service with the JVM of this command line. */
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
     * For processes that compute: the second compiler compiles what is called ten times as often as by default. What is
     * called less runs a few seconds at most, and five services that start at once wait for their compilers. Loops that run
     * long are compiled as soon as anyone would notice.
     */
    static final List<String> LATE_SECOND_COMPILER = secondCompilerLater(10);

    /**
     * For the broker and the store, which pass bytes on, too, but hash each of them, and do it with the processor's own
     * instructions only in code of the second compiler: after some megabytes. What an idle broker does is not worth it.
     */
    static final List<String> LATEST_SECOND_COMPILER = secondCompilerLater(100);

    private static final Path SETSID = Path.of("/usr/bin/setsid");

    private JavaCommand() {}

    /** @param times the JVM's own numbers of calls and loops */
    private static List<String> secondCompilerLater(int times) {
        return List.of(
                "-XX:Tier4InvocationThreshold=" + 5_000 * times,
                "-XX:Tier4MinInvocationThreshold=" + 600 * times,
                "-XX:Tier4CompileThreshold=" + 15_000 * times,
                "-XX:Tier4BackEdgeThreshold=" + 40_000 * times);
    }

    /**
     * The beginning of the command. In a session of its own where that can be had: Ctrl-C in the terminal then reaches this
     * command line alone, which stops its services in their order, and closing the terminal does not end them.
     */
    static List<String> java() {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        return Files.isExecutable(SETSID) ? List.of(SETSID.toString(), java) : List.of(java);
    }
}
