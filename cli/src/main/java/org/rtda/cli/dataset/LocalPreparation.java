package org.rtda.cli.dataset;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.rtda.cli.terminal.CommandFailure;
import org.rtda.cli.terminal.ProgressDisplay;
import org.rtda.cli.terminal.StopOnInterrupt;
import org.rtda.cli.terminal.Terminal;
import org.rtda.cli.terminal.Versions;
import org.rtda.imaging.PatientKey;
import org.rtda.imaging.source.ImageSources;
import org.rtda.imaging.source.InvalidSourceException;
import org.rtda.imaging.source.OptionNames;
import org.rtda.preparation.CheckArrays;
import org.rtda.preparation.DecodingMemory;
import org.rtda.preparation.GivenSource;
import org.rtda.preparation.ImportRefusal;
import org.rtda.preparation.ImportReport;
import org.rtda.preparation.PrepareFiles;
import org.rtda.preparation.PreparedDataset;
import org.rtda.preparation.Rules;
import org.rtda.preparation.TemporaryFolder;

/** Prepares the files on this machine for an import, and shows the progress. */
final class LocalPreparation {
    private static final String SOFTWARE = "rtda " + Versions.rtda();

    private final Terminal terminal;
    private final Rules rules;
    private final ImageOptions images;
    private final boolean scale;
    private final Predicate<String> isGiven;

    /**
     * @param scale whether float images in NPZ files become 0 to 255
     * @param isGiven whether an option was given, by its name: one that would change nothing is a misunderstanding
     */
    LocalPreparation(Terminal terminal, Rules rules, ImageOptions images, boolean scale, Predicate<String> isGiven) {
        this.terminal = terminal;
        this.rules = rules;
        this.images = images;
        this.scale = scale;
        this.isGiven = isGiven;
    }

    /** For the images' pixels while they are prepared; it is removed at an interrupt, too. */
    static TemporaryFolder folder() {
        TemporaryFolder folder;
        try {
            folder = TemporaryFolder.create();
        } catch (IOException e) {
            throw new CommandFailure("no folder for temporary files can be made: " + e.getMessage(), e);
        }
        StopOnInterrupt.of(() -> {
            try {
                folder.close();
            } catch (UncheckedIOException e) {
                // the process ends; the operating system removes what is left of temporary files
                return;
            }
        });
        return folder;
    }

    /**
     * @param name of the data set, for the progress bar
     * @param classes their names by label; empty where nobody says
     * @throws ImportRefusal when nothing can be imported; it has a report, also where nothing could be looked at
     */
    PreparedDataset prepare(
            String name, Path given, Map<String, Path> shifts, List<String> classes, TemporaryFolder folder) {
        try {
            return isNpz(given) ? arrays(given, shifts, classes, folder) : files(name, given, shifts, classes, folder);
        } catch (CommandFailure | UncheckedIOException e) {
            throw new ImportRefusal(e.getMessage(), e, ImportReport.NOTHING);
        }
    }

    private PreparedDataset arrays(Path given, Map<String, Path> shifts, List<String> classes, TemporaryFolder folder) {
        requireAbsent(
                ImageOptions.NAMES,
                "is for folders, tables and archives; the images of " + given
                        + " are arrays of their size in splits of their own");
        for (Path shift : shifts.values()) {
            if (!isNpz(shift)) {
                throw new CommandFailure(shift + " must be an NPZ file, since the main set is one");
            }
        }
        return new CheckArrays(SOFTWARE, scale, rules, OptionNames.COMMAND_LINE).check(given, shifts, classes, folder);
    }

    private PreparedDataset files(
            String name, Path given, Map<String, Path> shifts, List<String> classes, TemporaryFolder folder) {
        requireAbsent(List.of("--scale"), "is for NPZ files; image files are scaled by their bit depth");
        Map<String, GivenSource> sources = new TreeMap<>();
        shifts.forEach((label, path) -> sources.put(label, GivenSource.at(path)));
        int threads = DecodingMemory.threads(
                Runtime.getRuntime().availableProcessors(), Runtime.getRuntime().maxMemory(), ImageOptions.LIMITS);
        try (ProgressDisplay display = new ProgressDisplay(terminal)) {
            return new PrepareFiles(SOFTWARE, images.settings(classes), rules, patientKey(), threads)
                    .prepare(
                            GivenSource.at(given),
                            sources,
                            folder,
                            (done, files) -> display.show(
                                    name, "reading", (double) done / files, done + " of " + files + " files"));
        }
    }

    private void requireAbsent(List<String> options, String reason) {
        for (String option : options) {
            if (isGiven.test(option)) {
                throw new CommandFailure(option + " " + reason);
            }
        }
    }

    private static boolean isNpz(Path given) {
        try {
            return !Files.isDirectory(given) && ImageSources.isNpz(given);
        } catch (InvalidSourceException e) {
            throw new CommandFailure(e.getMessage(), e);
        }
    }

    private PatientKey patientKey() {
        String given = terminal.environment().get(PatientKey.VARIABLE);
        Path file = given != null ? Path.of(given) : terminal.home().resolve("patient-key");
        boolean isNew = Files.notExists(file);
        try {
            PatientKey key = PatientKey.load(file);
            if (isNew) {
                terminal.tell("a key for hashes of patients and file names was made: " + file
                        + "; keep it, since only with it later imports give the same hashes");
            }
            return key;
        } catch (IOException e) {
            throw new CommandFailure("the key for patients' hashes cannot be used: " + e.getMessage(), e);
        }
    }
}
