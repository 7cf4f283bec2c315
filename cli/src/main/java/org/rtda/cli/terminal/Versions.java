package org.rtda.cli.terminal;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;

/** The versions that a comparison records of the programs that made it. */
public final class Versions {
    private static final String FILE = "/org/rtda/cli/version.properties";

    private Versions() {}

    /** The project's version, as its POM has it. */
    public static String rtda() {
        try (InputStream file = Versions.class.getResourceAsStream(FILE)) {
            Properties properties = new Properties();
            properties.load(file);
            return properties.getProperty("version");
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + FILE, e);
        }
    }

    /**
     * @param project the project's folder
     * @return by name
     */
    public static Map<String, String> of(Path project) {
        Map<String, String> versions = new TreeMap<>();
        versions.put("rtda", rtda());
        versions.put("java", System.getProperty("java.version"));
        versions.put("system", System.getProperty("os.name") + " " + System.getProperty("os.arch"));
        commit(project).ifPresent(commit -> versions.put("commit", commit));
        return versions;
    }

    /**
     * The build in words, for example {@code rtda 0.1.0, commit 4f2c9d1}; the same for the same build on any machine.
     *
     * @param versions by name; null where nobody recorded them
     */
    public static String name(Map<String, String> versions) {
        if (versions == null) {
            return "a build that nobody recorded";
        }
        String commit = versions.get("commit");
        return "rtda " + versions.get("rtda") + (commit == null ? "" : ", commit " + commit);
    }

    /** Where the folder is a checkout and git is there. */
    private static Optional<String> commit(Path project) {
        try {
            Process git = new ProcessBuilder("git", "describe", "--always", "--dirty")
                    .directory(project.toFile())
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            String said = new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            return git.waitFor() == 0 && !said.isEmpty() ? Optional.of(said) : Optional.empty();
        } catch (IOException e) {
            // no git here: the version has to do
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandFailure("interrupted", e);
        }
    }
}
