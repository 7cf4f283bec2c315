package org.rtda.cli.terminal;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Map;

/**
 * The surroundings of a command: folders, output streams and environment.
 *
 * @param project the project's folder, with the built services
 * @param home folder for the state of what runs on this machine
 * @param out results
 * @param err progress and complaints
 * @param interactive whether somebody watches {@code err}, so that a line may be overwritten
 */
public record Terminal(
        Path project,
        Path home,
        PrintStream out,
        PrintStream err,
        boolean interactive,
        Map<String, String> environment) {

    /** Says what happened, apart from the results. */
    public void tell(String line) {
        err.println(line);
    }
}
