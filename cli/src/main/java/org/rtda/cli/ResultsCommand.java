package org.rtda.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.rtda.cli.rest.Experiment;
import org.rtda.cli.rest.GatewayClient;
import org.rtda.cli.rest.ResultRow;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "results",
        mixinStandardHelpOptions = true,
        description =
                "Show final evaluations side by side: clean, under attack, corrupted, shifted; with 95%% intervals.")
final class ResultsCommand implements Callable<Integer> {
    static final String USUAL_METRIC = "accuracy";

    private final Terminal terminal;

    @Mixin
    private GatewayOption gateway;

    @Mixin
    private JsonOption json;

    @Parameters(paramLabel = "EXPERIMENT", arity = "1..*")
    private List<String> experiments;

    @Option(
            names = "--metric",
            paramLabel = "M",
            defaultValue = USUAL_METRIC,
            description = "accuracy, balanced-accuracy or auroc (default: ${DEFAULT-VALUE})")
    private String metric;

    @Option(names = "--all", description = "a line for each corruption and severity, not their mean alone")
    private boolean all;

    ResultsCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        GatewayClient client = gateway.connect(terminal);
        List<List<ResultRow>> results = new ArrayList<>();
        for (String id : experiments) {
            results.add(rows(client, id));
        }
        json.write(terminal, results.stream().flatMap(List::stream).toList());
        if (!json.takesOutput()) {
            terminal.out().println(new ResultTable(results, metric, all).text());
        }
        return 0;
    }

    static List<ResultRow> rows(GatewayClient client, String id) {
        List<ResultRow> rows = client.results(id);
        if (rows.isEmpty()) {
            Experiment experiment = client.experiment(id);
            String reason = experiment.status().reason();
            throw new CommandFailure("experiment " + id + " has no results yet: it is "
                    + experiment.status().state().name().toLowerCase(Locale.ROOT)
                    + (reason == null ? "" : " (" + reason + ")"));
        }
        return rows;
    }
}
