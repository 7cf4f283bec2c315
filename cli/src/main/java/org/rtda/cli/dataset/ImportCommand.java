package org.rtda.cli.dataset;

import java.io.IOException;
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
import org.rtda.cli.terminal.Terminal;
import org.rtda.contracts.check.Check;
import org.rtda.contracts.check.InvalidFieldException;
import org.rtda.contracts.check.KnownNames;
import org.rtda.contracts.dataset.DatasetManifest;
import org.rtda.preparation.ImportRefusal;
import org.rtda.preparation.ImportReport;
import org.rtda.preparation.PreparedDataset;
import org.rtda.preparation.Rules;
import org.rtda.preparation.TemporaryFolder;
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
            "This machine reads, resizes and splits the images. The files themselves, their DICOM headers and, without"
                    + " --keep-names, their names stay here. Text in the pixels is not found: look at the images first."
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
            description = "a test set of the same task from another source, for example another scanner; may be"
                    + " repeated")
    private Map<String, Path> shifts = new LinkedHashMap<>();

    @Option(names = "--provenance", paramLabel = "TEXT", description = "where the images come from")
    private String provenance;

    @Option(names = "--licence", paramLabel = "TEXT", description = "for example \"CC BY 4.0\"")
    private String licence;

    @Option(
            names = "--classes",
            paramLabel = "NAME,...",
            split = ",",
            description = "names of the classes, beginning with label 0 (default: folders' names, the table's labels,"
                    + " or numbers)")
    private List<String> classes = new ArrayList<>();

    @Option(
            names = "--class",
            paramLabel = "NAME",
            description = "instead of --classes: the name of one class, which may contain commas; repeated,"
                    + " beginning with label 0")
    private List<String> eachClass = new ArrayList<>();

    @Option(
            names = "--modality",
            paramLabel = "M",
            description = "ultrasound, chest-xray, mammogram or other: decides which corruptions an evaluation applies"
                    + " (default: that of a public set)")
    private String modality;

    @Option(
            names = "--healthy",
            paramLabel = "CLASS",
            description = "name or label of the class that means no disease; all others count as disease (default: that"
                    + " of a public set; otherwise label 0 of two classes is assumed, and figures say so)")
    private String healthy;

    @Option(names = "--dry-run", description = "send nothing: say what would be imported, and what is wrong")
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
            description = "write the files that were left out, with reasons, and all duplicates, also if nothing"
                    + " is imported")
    private Path report;

    @ArgGroup(validate = false, heading = "%nFolders, tables and archives:%n")
    private ImageOptions images = new ImageOptions();

    @ArgGroup(validate = false, heading = "%nNPZ files and public sets:%n")
    private ArrayOptions arrays = new ArrayOptions();

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
        DatasetMeaning said =
                new DatasetMeaning(eachClass.isEmpty() ? classes : eachClass, modality, healthy, provenance, licence);
        if (path == null) {
            PublicSet set = PublicSet.of(name, arrays, said, terminal);
            return importAs(set.name(), set.file(), set.meaning(), interrupt);
        }
        if (arrays.nameAPublicSet()) {
            throw new CommandFailure("--size, --file and --as are for a public set, which has no PATH");
        }
        return importAs(name, path, said, interrupt);
    }

    private int importAs(String dataset, Path given, DatasetMeaning meaning, ImportInterrupt interrupt) {
        Check.name("NAME", dataset);
        shifts.keySet().forEach(label -> Check.name("--shift", label));
        if (modality != null) {
            Check.oneOf("--modality", modality, KnownNames.MODALITIES);
        }
        requireThere(given);
        shifts.values().forEach(ImportCommand::requireThere);
        try (TemporaryFolder folder = LocalPreparation.folder()) {
            PreparedDataset prepared = preparation().prepare(name, given, shifts, meaning.classes(), folder);
            ReportLines.shown(prepared.report()).forEach(terminal::tell);
            write(prepared.report());
            // the gateway asks again; whoever tries it out should know before
            if (meaning.healthy() != null && !prepared.hasClass(meaning.healthy())) {
                throw new InvalidFieldException(
                        "--healthy", meaning.healthy(), "one of " + prepared.classes() + " or a label");
            }
            if (dryRun) {
                terminal.out()
                        .println("nothing was imported (--dry-run); it would be " + dataset + ": "
                                + ImportTexts.counts(prepared));
                return 0;
            }
            interrupt.sending(dataset);
            send(dataset, prepared, meaning);
            return 0;
        } catch (ImportRefusal refusal) {
            // what was found until then is what somebody needs to mend the files
            try {
                write(refusal.report());
            } catch (CommandFailure unwritten) {
                terminal.tell(unwritten.getMessage());
            }
            throw new CommandFailure(refusal.getMessage(), refusal);
        }
    }

    private LocalPreparation preparation() {
        return new LocalPreparation(
                terminal,
                new Rules(strict, allowSharedPatients, allowDuplicates),
                images,
                arrays.scale(),
                option -> spec.commandLine().getParseResult().hasMatchedOption(option));
    }

    private void send(String dataset, PreparedDataset prepared, DatasetMeaning meaning) {
        DatasetMeaning named = new DatasetMeaning(
                prepared.classes(), meaning.modality(), meaning.healthy(), meaning.provenance(), meaning.licence());
        Map<String, Path> external = new LinkedHashMap<>();
        prepared.shifts().forEach((label, file) -> external.put(label, file.path()));
        DatasetManifest manifest = gateway.connect(terminal)
                .datasets()
                .importNpz(dataset, prepared.npz(), external, named, arrays.scale(), prepared.prepared());
        ImportTexts.taken(manifest, meaning).forEach(terminal::tell);
        json.write(terminal, manifest);
        if (!json.takesOutput()) {
            terminal.out().println("imported " + dataset + ": " + DatasetsCommand.inWords(manifest));
        }
    }

    private void write(ImportReport found) {
        if (report != null) {
            try {
                Files.write(report, ReportLines.all(found));
            } catch (IOException e) {
                throw new CommandFailure(report + " cannot be written: " + e.getMessage(), e);
            }
        }
    }

    static void requireThere(Path given) {
        if (!Files.isReadable(given)) {
            throw new CommandFailure("there is no readable file " + given);
        }
    }
}
