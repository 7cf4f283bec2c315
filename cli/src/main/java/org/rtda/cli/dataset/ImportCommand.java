package org.rtda.cli.dataset;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.rtda.cli.local.GatewayOption;
import org.rtda.cli.rest.DatasetMeaning;
import org.rtda.cli.terminal.CommandFailure;
import org.rtda.cli.terminal.JsonOption;
import org.rtda.cli.terminal.ProgressDisplay;
import org.rtda.cli.terminal.Terminal;
import org.rtda.cli.terminal.Versions;
import org.rtda.contracts.check.Check;
import org.rtda.contracts.check.InvalidFieldException;
import org.rtda.contracts.check.KnownNames;
import org.rtda.contracts.dataset.DatasetManifest;
import org.rtda.contracts.dataset.HealthyClass;
import org.rtda.imaging.PatientKey;
import org.rtda.imaging.source.ImageSources;
import org.rtda.imaging.source.InvalidSourceException;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "import",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Import a data set: a folder of images, a table (CSV) that names them, a ZIP archive of either, a MedMNIST-style NPZ"
                    + " file, or a public set by its name.",
            "Images are read, resized, split and stripped of identity on this machine. Pixels, class names, subgroups, checksums of the source files and keyed hashes go to the gateway."
        },
        footer = {
            "",
            "Examples:",
            "  rtda import chest images/ --patient-pattern \"(person\\d+)_\" --healthy normal",
            "  rtda import mammo findings.csv --label-column pathology --side 128 --modality mammogram --healthy benign",
            "  rtda import busi busi_28.npz --shift busbra=busbra_shift_28.npz --modality ultrasound --healthy 0",
            "  rtda import breastmnist --size 64",
            "",
            "Patients' hashes are made with the key in RTDA_PATIENT_KEY (a file; made on first use, default: patient-key in"
                    + " RTDA_HOME). RTDA_MEDMNIST_URL names another server of the public sets."
        })
public final class ImportCommand implements Callable<Integer> {
    /** As shells say it of a program that Ctrl-C ended. */
    private static final int INTERRUPTED = 130;

    private final Terminal terminal;

    @Spec
    private CommandSpec spec;

    @Mixin
    private GatewayOption gateway;

    @Mixin
    private JsonOption json;

    @Parameters(
            index = "0",
            paramLabel = "NAME",
            description = "name to give the data set, or the name of a public set")
    private String name;

    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "PATH",
            description =
                    "a folder (split/class/* or class/*), a table, a ZIP archive of these, or an NPZ file; none for a public set")
    private Path path;

    @Option(
            names = "--shift",
            paramLabel = "LABEL=PATH",
            description = "an external test set of the same task, for example from another scanner; may be repeated")
    private Map<String, Path> shifts = new LinkedHashMap<>();

    @Option(names = "--provenance", paramLabel = "TEXT", description = "where the images come from")
    private String provenance;

    @Option(names = "--licence", paramLabel = "TEXT", description = "for example \"CC BY 4.0\"")
    private String licence;

    @Option(
            names = "--classes",
            paramLabel = "NAME,...",
            split = ",",
            description =
                    "names of the classes, from label 0 on (default: folders' names, the table's labels, or numbers)")
    private List<String> classes = new ArrayList<>();

    @Option(
            names = "--class",
            paramLabel = "NAME",
            description = "instead of --classes: one class's name, which may hold commas; repeated, from label 0 on")
    private List<String> eachClass = new ArrayList<>();

    @Option(
            names = "--modality",
            paramLabel = "M",
            description =
                    "ultrasound, chest-xray, mammogram or other: decides the corruptions of the test (default: what is"
                            + " known of a public set)")
    private String modality;

    @Option(
            names = "--healthy",
            paramLabel = "CLASS",
            description =
                    "name or label of the class that means no disease; all others count as disease (default: what is"
                            + " known of a public set, else label 0 of two classes is assumed and figures say so)")
    private String healthy;

    @Option(names = "--dry-run", description = "do all but send: say what would be imported, and what is wrong")
    private boolean dryRun;

    @Option(
            names = "--strict",
            description = "import nothing if a file cannot be used (default: leave the file out and say so)")
    private boolean strict;

    @Option(
            names = "--allow-shared-patients",
            description = "accept given splits that share patients; the manifest then says how many")
    private boolean allowSharedPatients;

    @Option(
            names = "--allow-duplicates",
            description = "accept a picture that is in two splits with two labels; the manifest says so")
    private boolean allowDuplicates;

    @Option(
            names = "--report",
            paramLabel = "FILE",
            description = "write the files left out, with reasons, and all duplicates; also if nothing is imported")
    private Path report;

    @ArgGroup(validate = false, heading = "%nFolders, tables and archives:%n")
    private ImageOptions images = new ImageOptions();

    @ArgGroup(validate = false, heading = "%nNPZ files and public sets:%n")
    private ArrayOptions arrays = new ArrayOptions();

    private static final class ArrayOptions {
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
    }

    public ImportCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        try (ImportInterrupt interrupt = ImportInterrupt.of(terminal::tell)) {
            try {
                return imported(interrupt);
            } catch (RuntimeException e) {
                if (interrupt.happened()) {
                    return INTERRUPTED;
                }
                throw e;
            }
        }
    }

    private int imported(ImportInterrupt interrupt) {
        if (!classes.isEmpty() && !eachClass.isEmpty()) {
            throw new CommandFailure("--classes and --class both name the classes; give one of them");
        }
        if (path == null) {
            return importKnown(interrupt);
        }
        if (arrays.size != null || arrays.file != null || arrays.as != null) {
            throw new CommandFailure("--size, --file and --as are for a public set, which has no PATH");
        }
        return importAs(
                name, path, new DatasetMeaning(namedClasses(), modality, healthy, provenance, licence), interrupt);
    }

    private List<String> namedClasses() {
        return eachClass.isEmpty() ? classes : eachClass;
    }

    private int importKnown(ImportInterrupt interrupt) {
        KnownSet set = KnownSet.named(name)
                .orElseThrow(
                        () -> new CommandFailure(
                                "there is no public set " + name + " (known are " + KnownSet.names()
                                        + "); for images of your own give their folder, table, archive or NPZ file after the name"));
        int size = arrays.size == null ? KnownSet.SIZES.get(0) : arrays.size;
        if (!KnownSet.SIZES.contains(size)) {
            throw new InvalidFieldException("--size", size, "one of " + KnownSet.SIZES);
        }
        Path file = arrays.file;
        if (file != null) {
            requireThere(file);
            Download.requireMd5(file, set.md5(size));
        } else {
            file = terminal.home().resolve("downloads").resolve(set.file(size));
            fetch(set, size, file);
        }
        String as = arrays.as != null ? arrays.as : set.label() + (arrays.size == null ? "" : "-" + size);
        return importAs(
                as,
                file,
                new DatasetMeaning(
                        namedClasses().isEmpty() ? set.classes() : namedClasses(),
                        modality == null ? set.modality() : modality,
                        healthy == null ? set.healthy() : healthy,
                        provenance == null ? set.provenance() : provenance,
                        licence == null ? KnownSet.LICENCE : licence),
                interrupt);
    }

    private void fetch(KnownSet set, int size, Path file) {
        String server = terminal.environment().getOrDefault("RTDA_MEDMNIST_URL", KnownSet.ADDRESS);
        URI address;
        try {
            address = URI.create((server.endsWith("/") ? server : server + "/") + set.file(size) + "?download=1");
        } catch (IllegalArgumentException e) {
            throw new CommandFailure("RTDA_MEDMNIST_URL must be an address, was " + server, e);
        }
        try (ProgressDisplay display = new ProgressDisplay(terminal)) {
            new Download(
                            terminal.environment(),
                            (bytes, total) -> display.show(
                                    set.file(size),
                                    "download",
                                    total > 0 ? (double) bytes / total : 0,
                                    (bytes >> 20) + " MiB"))
                    .fetch(address, file, set.md5(size));
        }
    }

    private int importAs(String dataset, Path given, DatasetMeaning meaning, ImportInterrupt interrupt) {
        Check.name("NAME", dataset);
        shifts.keySet().forEach(label -> Check.name("--shift", label));
        if (modality != null) {
            Check.oneOf("--modality", modality, KnownNames.MODALITIES);
        }
        requireThere(given);
        shifts.values().forEach(ImportCommand::requireThere);
        try (PreparedDataset prepared = prepared(given, meaning)) {
            prepared.report().lines().forEach(terminal::tell);
            write(prepared.report());
            requireHealthy(meaning.healthy(), prepared.classes());
            if (dryRun) {
                terminal.out()
                        .println("nothing was imported (--dry-run); it would be " + dataset + ": " + inWords(prepared));
                return 0;
            }
            DatasetMeaning named = new DatasetMeaning(
                    prepared.classes(), meaning.modality(), meaning.healthy(), meaning.provenance(), meaning.licence());
            interrupt.sending(dataset);
            DatasetManifest manifest = gateway.connect(terminal)
                    .importNpz(dataset, prepared.npz(), prepared.shifts(), named, arrays.scale, prepared.prepared());
            tellWhatWasTaken(manifest, meaning);
            json.write(terminal, manifest);
            if (!json.takesOutput()) {
                terminal.out().println("imported " + dataset + ": " + DatasetsCommand.inWords(manifest));
            }
            return 0;
        } catch (ImportRefusal refusal) {
            // what was found until then is what somebody needs to mend the files
            try {
                write(refusal.report());
            } catch (CommandFailure unwritten) {
                terminal.tell(unwritten.getMessage());
            }
            throw refusal;
        }
    }

    /** Whatever is refused has a report, also where nothing could be looked at. */
    private PreparedDataset prepared(Path given, DatasetMeaning meaning) {
        try {
            return read(given, meaning);
        } catch (ImportRefusal refusal) {
            throw refusal;
        } catch (CommandFailure e) {
            throw new ImportRefusal(e.getMessage(), e, new ImportReport(List.of(), List.of(), ImportFindings.NONE));
        }
    }

    private PreparedDataset read(Path given, DatasetMeaning meaning) {
        String software = "rtda " + Versions.rtda();
        Rules rules = new Rules(strict, allowSharedPatients, allowDuplicates);
        if (isNpz(given)) {
            requireAbsent(
                    ImageOptions.NAMES,
                    "is for folders, tables and archives; the images of " + given
                            + " are arrays of their size in splits of their own");
            for (Path shift : shifts.values()) {
                if (!isNpz(shift)) {
                    throw new CommandFailure(shift + " must be an NPZ file, since the main set is one");
                }
            }
            return new CheckArrays(software, arrays.scale, rules).check(given, shifts, meaning.classes());
        }
        requireAbsent(List.of("--scale"), "is for NPZ files; image files are scaled by their bit depth");
        int threads = ImageOptions.threads(
                Runtime.getRuntime().availableProcessors(), Runtime.getRuntime().maxMemory());
        try (ProgressDisplay display = new ProgressDisplay(terminal)) {
            return new PrepareFiles(software, images.settings(meaning.classes()), rules, patientKey(), threads)
                    .prepare(
                            given,
                            shifts,
                            (done, files) -> display.show(
                                    name, "reading", (double) done / files, done + " of " + files + " files"));
        }
    }

    /** An option that would change nothing is a misunderstanding. */
    private void requireAbsent(List<String> options, String reason) {
        for (String option : options) {
            if (spec.commandLine().getParseResult().hasMatchedOption(option)) {
                throw new CommandFailure(option + " " + reason);
            }
        }
    }

    /** The gateway asks again; whoever tries it out should know before. */
    private static void requireHealthy(String healthy, List<String> classes) {
        boolean isLabel =
                healthy != null && healthy.matches("[0-9]{1,3}") && Integer.parseInt(healthy) < classes.size();
        if (healthy != null && !classes.isEmpty() && !classes.contains(healthy) && !isLabel) {
            throw new InvalidFieldException("--healthy", healthy, "one of " + classes + " or a label");
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

    private void write(ImportReport found) {
        if (report != null) {
            try {
                Files.write(report, found.all());
            } catch (IOException e) {
                throw new CommandFailure(report + " cannot be written: " + e.getMessage(), e);
            }
        }
    }

    private static String inWords(PreparedDataset prepared) {
        List<String> splits = new ArrayList<>();
        prepared.counts().forEach((split, count) -> splits.add(split + " " + count));
        return String.join(", ", splits);
    }

    /** The importer takes what is known of a public data set; whoever did not say it should see it. */
    private void tellWhatWasTaken(DatasetManifest manifest, DatasetMeaning said) {
        if (said.modality() == null && manifest.modality() != null) {
            terminal.tell("modality " + manifest.modality()
                    + ": known of the public data set of this name (--modality says otherwise)");
        }
        if (said.healthy() != null) {
            return;
        }
        if (manifest.healthyClass() != null) {
            terminal.tell("healthy class " + manifest.classes().get(manifest.healthyClass())
                    + ": known of the public data set of this name (--healthy says otherwise)");
        } else if (HealthyClass.of(manifest).isPresent()) {
            terminal.tell(
                    "nobody says which class is healthy: sensitivity, specificity, misses and false alarms will be"
                            + " marked \"" + HealthyClass.ASSUMED + "\" (--healthy says it)");
        }
    }

    private static void requireThere(Path given) {
        if (!Files.isReadable(given)) {
            throw new CommandFailure("there is no readable file " + given);
        }
    }
}
