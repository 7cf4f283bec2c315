package org.rtda.cli.local;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.rtda.cli.terminal.CommandFailure;

/**
 * The jars of a packaged Quarkus application as a class path. The JVM's own class loader takes a class from the class-data
 * archive without opening its jar; that of {@code quarkus-run.jar} reads and defines each: a fifth of the processor time of a start.
 */
final class ApplicationClassPath {
    static final String MAIN_CLASS = "io.quarkus.runner.GeneratedMain";

    private ApplicationClassPath() {}

    /** @param application folder {@code quarkus-app}, with {@code quarkus}, {@code app} and {@code lib} */
    static String of(Path application) {
        List<Path> jars = new ArrayList<>();
        // what the build has generated and changed goes before the classes that it stands for
        jars.addAll(jars(application.resolve("quarkus")));
        jars.addAll(jars(application.resolve("app")));
        List<Path> libraries = new ArrayList<>();
        libraries.addAll(jars(application.resolve("lib/main")));
        libraries.addAll(jars(application.resolve("lib/boot")));
        // no class is in two of them; a first start, which has no archive, searches them one after the other for each
        // class, and large ones have most of these
        libraries.sort(Comparator.comparingLong(ApplicationClassPath::size).reversed());
        jars.addAll(libraries);
        return jars.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator));
    }

    private static List<Path> jars(Path folder) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".jar"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new CommandFailure(folder + " cannot be read: " + e.getMessage(), e);
        }
    }

    private static long size(Path file) {
        try {
            return Files.size(file);
        } catch (IOException e) {
            throw new CommandFailure(file + " cannot be read: " + e.getMessage(), e);
        }
    }
}
