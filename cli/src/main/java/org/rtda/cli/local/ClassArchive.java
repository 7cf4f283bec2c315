package org.rtda.cli.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.stream.Stream;

/**
 * Class-data sharing: a build's first process writes an archive of its classes when it ends, which takes it some
 * seconds, and later ones map it instead of loading, verifying and linking those classes. A JVM that finds an archive
 * unfit (another class path, half written: the header comes last) starts without it.
 */
final class ClassArchive {
    /** Hundreds of lines about classes that cannot be archived would stand in the service's log otherwise. */
    private static final String ERRORS_ONLY = "-Xlog:cds*=error";

    private ClassArchive() {}

    /**
     * @param target build folder of the module, in which the archive lies
     * @param built a file that the module's build writes, or a folder of such; an archive that is older than one of them
     *     belongs to an earlier build
     * @param writes whether this process may write it: one of several of a module, and one that nobody waits for to end
     * @return options of the JVM
     */
    static List<String> options(Path target, Path built, boolean writes) {
        // a JVM reads its own version's archives only
        Path archive = target.resolve("classes-" + System.getProperty("java.vm.version") + ".jsa");
        if (isNewer(archive, built)) {
            return List.of(ERRORS_ONLY, "-XX:SharedArchiveFile=" + archive);
        }
        return writes ? List.of(ERRORS_ONLY, "-XX:ArchiveClassesAtExit=" + archive) : List.of();
    }

    private static boolean isNewer(Path archive, Path built) {
        // a folder's own time says nothing of a file in it that was written anew
        try (Stream<Path> files = Files.walk(built)) {
            FileTime time = Files.getLastModifiedTime(archive);
            for (Path file : (Iterable<Path>) files::iterator) {
                if (Files.getLastModifiedTime(file).compareTo(time) >= 0) {
                    return false;
                }
            }
            return true;
        } catch (IOException e) {
            return false; // not there yet
        }
    }
}
