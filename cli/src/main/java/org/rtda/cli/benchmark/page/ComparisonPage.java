package org.rtda.cli.benchmark.page;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.rtda.cli.benchmark.grid.BenchmarkGrid;
import org.rtda.cli.benchmark.grid.Cell;
import org.rtda.cli.benchmark.grid.Fingerprint;
import org.rtda.cli.benchmark.page.BenchmarkReport.Comparison;
import org.rtda.cli.benchmark.result.CellResults;
import org.rtda.cli.benchmark.result.ResultsDocument;
import org.rtda.cli.benchmark.result.Run;
import org.rtda.cli.rest.Experiment;
import org.rtda.cli.rest.GatewayClient;
import org.rtda.contracts.EventCodec;
import org.rtda.contracts.ExperimentSpec;
import org.rtda.contracts.dataset.DatasetManifest;
import org.rtda.report.ReportPage;

/** Writes a page that compares experiments which are not part of a benchmark, in the form of a benchmark's page. */
public final class ComparisonPage {
    private final Map<String, String> versions;
    private final Clock clock;

    /** @param versions of what runs, by name */
    public ComparisonPage(Map<String, String> versions, Clock clock) {
        this.versions = new TreeMap<>(versions);
        this.clock = clock;
    }

    /**
     * @param experiments trained and evaluated, on this data set, alike in all but the method, in the order of the page
     * @return one HTML page that loads nothing
     */
    public String html(GatewayClient gateway, DatasetManifest dataset, List<Experiment> experiments) {
        ExperimentSpec first = experiments.get(0).spec();
        double epsilon = first.attack().epsilon();
        BenchmarkGrid.DatasetPlan plan = new BenchmarkGrid.DatasetPlan(
                dataset,
                Fingerprint.of(dataset),
                List.of(epsilon),
                first.evaluation().epsilons());
        List<Run> runs = new ArrayList<>();
        for (Experiment experiment : experiments) {
            runs.add(new Run(
                    Cell.of(experiment.spec(), Fingerprint.of(experiment.spec(), plan.fingerprint())),
                    CellResults.of(gateway, experiment)));
        }
        Comparison comparison = Comparison.of(ResultsDocument.Dataset.of(plan), epsilon, runs);
        return ReportPage.render(new BenchmarkHtmlPage(document(comparison), List.of(comparison))
                .report(
                        dataset.name() + ", seed " + first.seed(),
                        "Comparison of "
                                + runs.stream().map(run -> run.cell().method()).collect(Collectors.joining(" and "))));
    }

    private ResultsDocument document(Comparison comparison) {
        List<Run> runs = comparison.runs();
        return new ResultsDocument(
                ResultsDocument.SCHEMA_VERSION,
                clock.instant(),
                versions,
                new ResultsDocument.Grid(
                        List.of(comparison.set()),
                        runs.stream().map(run -> run.cell().method()).toList(),
                        runs.stream().map(run -> run.cell().seed()).distinct().toList(),
                        EventCodec.mapper().valueToTree(runs.get(0).cell().spec())),
                runs.stream()
                        .flatMap(run -> ResultsDocument.Row.of(run).stream())
                        .toList(),
                runs.stream().map(run -> ResultsDocument.Cost.of(run, null)).toList(),
                comparison.summaries(),
                comparison.tests(),
                List.of());
    }
}
