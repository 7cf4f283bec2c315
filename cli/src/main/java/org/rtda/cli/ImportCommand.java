package org.rtda.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
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

    ImportCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        Check.name("NAME", name);
        requireFile(file);
        shifts.values().forEach(ImportCommand::requireFile);
        DatasetManifest manifest = gateway.connect(terminal).importNpz(name, file, shifts, provenance, licence);
        json.write(terminal, manifest);
        if (!json.takesOutput()) {
            terminal.out().println("imported " + name + ": " + DatasetsCommand.inWords(manifest));
        }
        return 0;
    }

    private static void requireFile(Path file) {
        if (!Files.isReadable(file) || Files.isDirectory(file)) {
            throw new CommandFailure("there is no readable file " + file);
        }
    }
}
