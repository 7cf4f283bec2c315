package org.rtda.cli.dataset;

import java.nio.file.Files;
import java.nio.file.Path;
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
import org.rtda.contracts.dataset.DatasetManifest;
import org.rtda.contracts.dataset.HealthyClass;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "import",
        mixinStandardHelpOptions = true,
        description = "Import a data set from a MedMNIST-style NPZ file (train, val and test images and labels).")
public final class ImportCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Mixin
    private GatewayOption gateway;

    @Mixin
    private JsonOption json;

    @Parameters(index = "0", paramLabel = "NAME", description = "the data set's name from now on")
    private String name;

    @Parameters(index = "1", paramLabel = "FILE.npz")
    private Path file;

    @Option(
            names = "--shift",
            paramLabel = "LABEL=FILE.npz",
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
            description = "what the labels mean, from 0 (default: their numbers)")
    private List<String> classes;

    @Option(
            names = "--modality",
            paramLabel = "M",
            description =
                    "ultrasound, chest-xray, mammogram or other: chooses the corruptions' strengths (default: what is"
                            + " known of a public set)")
    private String modality;

    @Option(
            names = "--healthy",
            paramLabel = "CLASS",
            description =
                    "name or label of the class that means no disease; sensitivity is about all others (default: what is"
                            + " known of a public set, else label 0 of two classes is assumed and figures say so)")
    private String healthy;

    public ImportCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        Check.name("NAME", name);
        requireFile(file);
        shifts.values().forEach(ImportCommand::requireFile);
        DatasetManifest manifest = gateway.connect(terminal)
                .importNpz(name, file, shifts, new DatasetMeaning(classes, modality, healthy, provenance, licence));
        tellWhatWasTaken(manifest);
        json.write(terminal, manifest);
        if (!json.takesOutput()) {
            terminal.out().println("imported " + name + ": " + DatasetsCommand.inWords(manifest));
        }
        return 0;
    }

    /** The importer takes what is known of a public data set; whoever did not say it should see it. */
    private void tellWhatWasTaken(DatasetManifest manifest) {
        if (modality == null && manifest.modality() != null) {
            terminal.tell("modality " + manifest.modality()
                    + ": known of the public data set of this name (--modality says otherwise)");
        }
        if (healthy != null) {
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

    private static void requireFile(Path file) {
        if (!Files.isReadable(file) || Files.isDirectory(file)) {
            throw new CommandFailure("there is no readable file " + file);
        }
    }
}
