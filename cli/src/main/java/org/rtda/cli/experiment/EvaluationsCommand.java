package org.rtda.cli.experiment;

import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.rtda.cli.local.GatewayOption;
import org.rtda.cli.rest.Evaluation;
import org.rtda.cli.terminal.JsonOption;
import org.rtda.cli.terminal.Terminal;
import org.rtda.cli.terminal.TextTable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "evaluations",
        mixinStandardHelpOptions = true,
        description =
                "List the evaluations of all experiments, newest first, with their states and places in the queue.")
public final class EvaluationsCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Mixin
    private GatewayOption gateway;

    @Mixin
    private JsonOption json;

    @Option(
            names = "--state",
            paramLabel = "STATE",
            description = "Only those in this state: waiting, running, cancelling, completed, failed or cancelled.")
    private String state;

    public EvaluationsCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        List<Evaluation> all =
                gateway.connect(terminal).allEvaluations(state == null ? null : state.toUpperCase(Locale.ROOT));
        json.write(terminal, all);
        if (!json.takesOutput()) {
            if (all.isEmpty()) {
                terminal.out().println("there is no evaluation" + (state == null ? "" : " in this state"));
                return 0;
            }
            TextTable table = new TextTable("evaluation", "suite", "state", "place", "conditions");
            for (Evaluation evaluation : all) {
                table.row(
                        evaluation.id(),
                        evaluation.suite() == null ? "" : evaluation.suite(),
                        evaluation.state().toLowerCase(Locale.ROOT),
                        place(evaluation),
                        conditions(evaluation.progress()));
            }
            terminal.out().println(table.text());
        }
        return 0;
    }

    private static String place(Evaluation evaluation) {
        return evaluation.queue() == null
                ? ""
                : evaluation.queue().place() + " of " + evaluation.queue().waiting();
    }

    private static String conditions(Evaluation.Progress progress) {
        return progress.measured() + " of " + progress.planned() + " measured" + progress.shortfall();
    }
}
