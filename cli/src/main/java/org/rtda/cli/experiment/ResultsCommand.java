package org.rtda.cli.experiment;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.UnaryOperator;
import org.rtda.cli.local.GatewayOption;
import org.rtda.cli.rest.Evaluation;
import org.rtda.cli.rest.Experiment;
import org.rtda.cli.rest.GatewayClient;
import org.rtda.cli.terminal.CommandFailure;
import org.rtda.cli.terminal.JsonOption;
import org.rtda.cli.terminal.Terminal;
import org.rtda.contracts.FigureNames;
import org.rtda.contracts.check.Check;
import org.rtda.contracts.result.ResultRow;
import org.rtda.contracts.result.SubgroupRow;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "results",
        mixinStandardHelpOptions = true,
        description = "Show the results of experiments side by side: on clean, attacked, corrupted and shifted"
                + " images, with 95%% intervals and failed gates.")
public final class ResultsCommand implements Callable<Integer> {
    public static final String USUAL_METRIC = FigureNames.BALANCED_ACCURACY;

    /** Of every evaluation; beside them each class has its own. */
    private static final List<String> METRICS = List.of(
            FigureNames.ACCURACY,
            FigureNames.BALANCED_ACCURACY,
            FigureNames.AUROC,
            FigureNames.SENSITIVITY,
            FigureNames.SPECIFICITY,
            FigureNames.SENSITIVITY + FigureNames.AT_CALIBRATED,
            FigureNames.SPECIFICITY + FigureNames.AT_CALIBRATED,
            FigureNames.CALIBRATION_ERROR,
            FigureNames.BRIER_SCORE);

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
            description = "figure to show: accuracy, balanced-accuracy, auroc, sensitivity, specificity,"
                    + " sensitivity@calibrated, specificity@calibrated, \"accuracy of CLASS\", calibration-error"
                    + " or brier-score (default: ${DEFAULT-VALUE})")
    private String metric;

    @Option(names = "--all", description = "show each corruption and severity instead of their mean")
    private boolean all;

    @Option(
            names = "--evaluation",
            paramLabel = "NAME",
            description = "name of an evaluation requested with rtda evaluate (default: the experiment's final"
                    + " evaluation)")
    private String evaluation;

    @Option(
            names = "--subgroups",
            description = "show the final evaluation's figures by subgroup (site, scanner, sex, age, side, view)"
                    + " instead")
    private boolean subgroups;

    @Option(
            names = "--csv",
            paramLabel = "FILE",
            description = "write all figures (with --subgroups those by subgroup) as CSV to this file instead of the"
                    + " text; - writes them to standard output")
    private String csv;

    public ResultsCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        GatewayClient client = gateway.connect(terminal);
        if (!subgroups) {
            if (csv != null) {
                writeCsv(id -> client.results().csv(id, evaluation));
            } else {
                show(client, terminal, json, experiments, evaluation, metric, all);
            }
            return 0;
        }
        if (evaluation != null || all) {
            throw new CommandFailure("--subgroups shows the final evaluation; leave out --evaluation and --all");
        }
        if (csv != null) {
            writeCsv(client.results()::subgroupsCsv);
        } else {
            showSubgroups(client);
        }
        return 0;
    }

    /** Of all experiments under one header line. */
    private void writeCsv(UnaryOperator<String> ofExperiment) {
        StringBuilder rows = new StringBuilder();
        for (String id : experiments) {
            String document = ofExperiment.apply(id);
            rows.append(rows.isEmpty() ? document : document.substring(document.indexOf('\n') + 1));
        }
        if (csv.equals("-")) {
            terminal.out().print(rows);
            return;
        }
        try {
            Files.writeString(Path.of(csv), rows);
        } catch (IOException e) {
            throw new CommandFailure(csv + " cannot be written: " + e.getMessage(), e);
        }
    }

    private void showSubgroups(GatewayClient client) {
        List<List<ResultRow>> results = new ArrayList<>();
        List<List<SubgroupRow>> bySubgroup = new ArrayList<>();
        for (String id : experiments) {
            results.add(rows(client, id));
            bySubgroup.add(client.results().subgroups(id));
        }
        List<SubgroupRow> everything = bySubgroup.stream().flatMap(List::stream).toList();
        requireKnown(metric, results, everything);
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < experiments.size(); i++) {
            ResultRow first = results.get(i).get(0);
            List<SubgroupRow> ofThis = bySubgroup.get(i);
            texts.add(first.method() + " seed " + first.seed() + ", experiment " + experiments.get(i) + "\n"
                    + (ofThis.isEmpty()
                            ? "no figures by subgroup: data set " + first.dataset()
                                    + " names no subgroups, or the evaluation was made without them"
                            : table(ofThis)));
        }
        json.write(terminal, everything);
        if (!json.takesOutput()) {
            terminal.out().println(String.join("\n\n", texts));
        }
    }

    private String table(List<SubgroupRow> rows) {
        SubgroupTable table = new SubgroupTable(rows, metric);
        return table.text() + "\n" + String.join("\n", table.worst());
    }

    /** One line for each kind of images, where the data set names subgroups. */
    private static void tellWorstSubgroups(
            GatewayClient client, Terminal terminal, List<List<ResultRow>> results, String metric) {
        for (List<ResultRow> rows : results) {
            List<SubgroupRow> subgroups = client.results().subgroups(rows.get(0).experiment());
            if (!subgroups.isEmpty()) {
                terminal.out().println();
                terminal.out()
                        .println(rows.get(0).method() + " " + rows.get(0).experiment()
                                + " by subgroup (all: --subgroups)");
                new SubgroupTable(subgroups, metric).worst().forEach(terminal.out()::println);
            }
        }
    }

    /** @param evaluation its id or name; null for the final one of each experiment's own */
    static void show(
            GatewayClient client,
            Terminal terminal,
            JsonOption json,
            List<String> experiments,
            String evaluation,
            String metric,
            boolean all) {
        List<List<ResultRow>> results = new ArrayList<>();
        List<Evaluation> evaluations = new ArrayList<>();
        for (String id : experiments) {
            List<ResultRow> rows = evaluation == null ? rows(client, id) : rows(client, id, evaluation);
            results.add(rows);
            if (rows.get(0).evaluation() != null) {
                evaluations.addAll(evaluations(client, id, rows.get(0).evaluation()));
            }
        }
        requireKnown(metric, results, List.of());
        json.write(terminal, results.stream().flatMap(List::stream).toList());
        if (!json.takesOutput()) {
            terminal.out().println(new ResultTable(results, metric, all).text());
            if (evaluations.stream().anyMatch(e -> !e.gates().isEmpty())) {
                terminal.out().println();
                terminal.out().println(GateTable.text(evaluations));
            }
            if (evaluation == null) {
                tellWorstSubgroups(client, terminal, results, metric);
            }
        }
        evaluations.stream()
                .filter(e -> !e.progress().completed())
                .forEach(e -> terminal.tell(unfinished(e.id(), e.progress())));
    }

    /** Before anything is shown: under a name that no figure has, every cell would read "not measured". */
    private static void requireKnown(String metric, List<List<ResultRow>> results, List<SubgroupRow> bySubgroup) {
        Set<String> known = ResultTable.metrics(results);
        known.addAll(METRICS);
        bySubgroup.forEach(row -> known.add(row.metric()));
        Check.oneOf("--metric", metric, List.copyOf(known));
    }

    private static String unfinished(String id, Evaluation.Progress progress) {
        return "evaluation " + id + " is not finished: "
                + (progress.planned() == 0
                        ? "it is not planned yet"
                        : (progress.measured() + progress.failed()) + " of " + progress.planned()
                                + " conditions are there");
    }

    private static List<Evaluation> evaluations(GatewayClient client, String id, String evaluation) {
        return client.evaluations(id).stream()
                .filter(e -> e.id().equals(evaluation))
                .toList();
    }

    private static List<ResultRow> rows(GatewayClient client, String id, String evaluation) {
        List<ResultRow> rows = client.results().of(id, evaluation);
        if (rows.isEmpty()) {
            throw new CommandFailure("evaluation " + evaluation + " of experiment " + id + " has no results yet");
        }
        return rows;
    }

    public static List<ResultRow> rows(GatewayClient client, String id) {
        List<ResultRow> rows = client.results().of(id);
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
