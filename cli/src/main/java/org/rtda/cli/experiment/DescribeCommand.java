package org.rtda.cli.experiment;

import java.util.List;
import java.util.concurrent.Callable;
import org.rtda.cli.local.GatewayOption;
import org.rtda.cli.rest.ExperimentDescription;
import org.rtda.cli.terminal.Terminal;
import org.rtda.contracts.ExperimentCommand.Describe;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "describe",
        mixinStandardHelpOptions = true,
        description = "Give an experiment a name, notes and tags. Without an option its text stays as it is; an empty"
                + " text (\"\") removes it. The training does not depend on these texts.")
public final class DescribeCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Spec
    private CommandSpec spec;

    @Mixin
    private GatewayOption gateway;

    @Parameters(paramLabel = "EXPERIMENT")
    private String experiment;

    @Option(
            names = "--name",
            paramLabel = "TEXT",
            description = "Name of the experiment, at most " + Describe.LONGEST_NAME + " characters.")
    private String name;

    @Option(
            names = "--notes",
            paramLabel = "TEXT",
            description = "Notes about the experiment, at most " + Describe.LONGEST_NOTES + " characters.")
    private String notes;

    @Option(
            names = "--tags",
            paramLabel = "TAG",
            split = ",",
            description = "All tags of the experiment, separated by commas, at most " + Describe.MOST_TAGS
                    + ". Each has 1 to 63 of a-z, 0-9, '.', '_' and '-'.")
    private List<String> tags;

    public DescribeCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        if (name == null && notes == null && tags == null) {
            throw new ParameterException(
                    spec.commandLine(), "nothing is to be changed: give --name, --notes or --tags, \"\" to remove it");
        }
        ExperimentDescription now = gateway.connect(terminal)
                .describe(experiment, new ExperimentDescription(name, notes, tags == null ? null : withoutEmpty(tags)));
        terminal.out().println(experiment + inWords(now));
        return 0;
    }

    /** An empty text has one part, which is empty. */
    private static List<String> withoutEmpty(List<String> parts) {
        return parts.stream().map(String::strip).filter(part -> !part.isEmpty()).toList();
    }

    private static String inWords(ExperimentDescription description) {
        return (description.name() == null ? ": no name" : ": " + description.name())
                + (description.tags() == null || description.tags().isEmpty()
                        ? ", no tags"
                        : ", tags " + String.join(", ", description.tags()))
                + (description.notes() == null ? ", no notes" : ", with notes");
    }
}
