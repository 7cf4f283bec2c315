package org.rtda.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.rtda.cli.rest.DatasetMeaning;
import org.rtda.contracts.Check;
import org.rtda.contracts.DatasetManifest;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "import",
        mixinStandardHelpOptions = true,
        description = "Import a data set from a MedMNIST-style NPZ file (train, val and test images and labels).")
final class ImportCommand implements Callable<Integer> {
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
            description = "ultrasound, chest-xray, mammogram or other: chooses the corruptions' strengths")
    private String modality;

    @Option(
            names = "--healthy",
            paramLabel = "CLASS",
            description =
                    "name or label of the class that means no disease; sensitivity is about all others (default: label 0"
                            + " of two classes)")
    private String healthy;

    ImportCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        Check.name("NAME", name);
        requireFile(file);
        shifts.values().forEach(ImportCommand::requireFile);
        KnownDataset.of(name, file).ifPresent(this::takeWhatIsNotSaidFrom);
        DatasetManifest manifest = gateway.connect(terminal)
                .importNpz(name, file, shifts, new DatasetMeaning(classes, modality, healthy, provenance, licence));
        json.write(terminal, manifest);
        if (!json.takesOutput()) {
            terminal.out().println("imported " + name + ": " + DatasetsCommand.inWords(manifest));
        }
        return 0;
    }

    private void takeWhatIsNotSaidFrom(KnownDataset known) {
        if (modality == null) {
            modality = known.modality();
            terminal.tell("taken for " + known.prefix() + ": modality " + modality + " (--modality says otherwise)");
        }
        if (healthy == null) {
            healthy = known.healthy();
            terminal.tell("taken for " + known.prefix() + ": healthy class " + healthy + " (--healthy says otherwise)");
        }
    }

    private static void requireFile(Path file) {
        if (!Files.isReadable(file) || Files.isDirectory(file)) {
            throw new CommandFailure("there is no readable file " + file);
        }
    }
}
