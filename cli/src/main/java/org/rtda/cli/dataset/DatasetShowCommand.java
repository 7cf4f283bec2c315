package org.rtda.cli.dataset;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.rtda.cli.experiment.ModelCommand;
import org.rtda.cli.local.GatewayOption;
import org.rtda.cli.rest.DatasetVersionEntry;
import org.rtda.cli.rest.GatewayClient;
import org.rtda.cli.terminal.JsonOption;
import org.rtda.cli.terminal.Terminal;
import org.rtda.contracts.check.Check;
import org.rtda.contracts.dataset.SplitNames;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "show",
        mixinStandardHelpOptions = true,
        description = "Show a data set: images by split and class, subgroups, patients, provenance, and its imports.")
final class DatasetShowCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Mixin
    private GatewayOption gateway;

    @Mixin
    private JsonOption json;

    @Parameters(paramLabel = "NAME")
    private String name;

    @Option(
            names = "--samples",
            paramLabel = "FILE.png",
            description = "save some images as one picture, a row for each class; they are images of patients")
    private Path samples;

    @Option(
            names = "--split",
            paramLabel = "SPLIT",
            defaultValue = SplitNames.TRAIN,
            description = "split of the saved images: train, val, test or shift-LABEL (default: ${DEFAULT-VALUE})")
    private String split;

    @Option(
            names = "--per-class",
            paramLabel = "N",
            defaultValue = "8",
            description = "images of each class in the picture, 1 to 32 (default: ${DEFAULT-VALUE})")
    private int perClass;

    DatasetShowCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        Check.name("NAME", name);
        GatewayClient client = gateway.connect(terminal);
        List<DatasetVersionEntry> versions = client.datasets().versions(name);
        json.write(terminal, versions);
        if (!json.takesOutput()) {
            terminal.out().println(new DatasetText(versions).text());
        }
        if (samples != null) {
            ModelCommand.save(samples, client.datasets().samples(name, split, perClass));
            terminal.tell("some images of " + split + " are in " + samples + "; they may be patients'");
        }
        return 0;
    }
}
