package org.rtda.cli.experiment;

import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.rtda.cli.local.GatewayOption;
import org.rtda.cli.rest.Experiment;
import org.rtda.cli.terminal.JsonOption;
import org.rtda.cli.terminal.Terminal;
import org.rtda.cli.terminal.TextTable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(name = "experiments", mixinStandardHelpOptions = true, description = "List the experiments, newest first.")
public final class ExperimentsCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Mixin
    private GatewayOption gateway;

    @Mixin
    private JsonOption json;

    public ExperimentsCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        List<Experiment> all = gateway.connect(terminal).experiments();
        json.write(terminal, all);
        if (!json.takesOutput()) {
            if (all.isEmpty()) {
                terminal.out().println("no experiment was submitted (rtda train --dataset NAME)");
                return 0;
            }
            TextTable table = new TextTable("experiment", "data set", "method", "seed", "state", "progress");
            for (Experiment experiment : all) {
                table.row(
                        experiment.id(),
                        experiment.spec().dataset(),
                        experiment.spec().method(),
                        Long.toString(experiment.spec().seed()),
                        experiment.status().state().name().toLowerCase(Locale.ROOT),
                        progress(experiment));
            }
            terminal.out().println(table.text());
        }
        return 0;
    }

    private static String progress(Experiment experiment) {
        if (!experiment.hasEnded()) {
            return experiment.progress().inWords();
        }
        Experiment.Status status = experiment.status();
        return switch (status.state()) {
            case FAILED -> status.reason() == null ? "" : status.reason();
            case CANCELLED -> "step " + status.step() + " of " + status.totalSteps();
            case QUEUED, RUNNING, TRAINED ->
                experiment.evaluation().cancelled() == 0 ? "evaluated" : "evaluation cancelled";
        };
    }
}
