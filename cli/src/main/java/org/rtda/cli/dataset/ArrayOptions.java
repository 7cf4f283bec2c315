package org.rtda.cli.dataset;

import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Options of an import that apply only to arrays: NPZ files and public sets. */
final class ArrayOptions {
    @Option(names = "--scale", description = "scale float images in [0,1] to 0 to 255")
    private boolean scale;

    @Option(
            names = "--size",
            paramLabel = "28|64|128|224",
            description = "side of a public set's images, in pixels (default: 28)")
    private Integer size;

    @Option(
            names = "--file",
            paramLabel = "FILE.npz",
            description = "your copy of a public set's file; nothing is downloaded then")
    private Path file;

    @Option(
            names = "--as",
            paramLabel = "NAME",
            description = "name to give a public set (default: its own, with the size)")
    private String as;

    boolean scale() {
        return scale;
    }

    /** Null where nobody says. */
    Integer size() {
        return size;
    }

    /** Null where it is to be downloaded. */
    Path file() {
        return file;
    }

    /** Null where nobody says. */
    String as() {
        return as;
    }

    /** Whether anything was said that only public sets have. */
    boolean nameAPublicSet() {
        return size != null || file != null || as != null;
    }
}
