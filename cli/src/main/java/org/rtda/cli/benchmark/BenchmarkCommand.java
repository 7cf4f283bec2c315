package org.rtda.cli.benchmark;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.rtda.cli.benchmark.grid.BenchmarkGrid;
import org.rtda.cli.benchmark.page.BenchmarkReport;
import org.rtda.cli.benchmark.result.BenchmarkFolder;
import org.rtda.cli.experiment.ExperimentOptions;
import org.rtda.cli.experiment.SpecDraft;
import org.rtda.cli.local.GatewayOption;
import org.rtda.cli.rest.GatewayClient;
import org.rtda.cli.terminal.CommandFailure;
import org.rtda.cli.terminal.ProgressDisplay;
import org.rtda.cli.terminal.RadiiOfNorms;
import org.rtda.cli.terminal.RadiusConverter;
import org.rtda.cli.terminal.Terminal;
import org.rtda.cli.terminal.Versions;
import org.rtda.contracts.check.Check;
import org.rtda.contracts.check.KnownNames;
import org.rtda.contracts.dataset.DatasetManifest;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "benchmark",
        mixinStandardHelpOptions = true,
        description = "Compare training methods: train every method on every data set, at every radius, with"
                + " every seed, all else the same, and write tables, paired tests and plots. After an"
                + " interruption, the same command continues where it stopped.")
public final class BenchmarkCommand implements Callable<Integer> {
    private static final String ALL = "all";
    private static final int SECONDS_BETWEEN_LOOKS = 2;

    private final Terminal terminal;

    @Mixin
    private GatewayOption gateway;

    @Mixin
    private ExperimentOptions experiment;

    @Option(
            names = "--datasets",
            paramLabel = "NAME,...",
            split = ",",
            required = true,
            description = "imported data sets (rtda datasets lists them)")
    private List<String> datasets;

    @Option(
            names = "--methods",
            paramLabel = "M,...",
            split = ",",
            defaultValue = ALL,
            description = "training methods, or all (default: ${DEFAULT-VALUE})")
    private List<String> methods;

    @Option(
            names = "--seeds",
            paramLabel = "S,...",
            split = ",",
            defaultValue = "1,2,3",
            description = "seeds (default: ${DEFAULT-VALUE})")
    private List<Long> seeds;

    @Option(
            names = "--epsilons",
            paramLabel = "X,...",
            split = ",",
            converter = RadiusConverter.class,
            description = "radii of the attacks in training, in pixel units (0.5, or 8/255), each with a table of"
                    + " its own (default: that of the specification, else in L2 0.5 at 1 x 28 x 28, and at other"
                    + " sizes the radius that changes pixels as much on average)")
    private List<Double> epsilons;

    @Option(
            names = "--eval-epsilons",
            paramLabel = "X,...",
            split = ",",
            description = "radii of the final evaluation, in addition to those of training, with their norm:"
                    + " l2:0.25,0.5 or l2:0.25,linf:2/255,8/255; without a norm, the norm of the attack in"
                    + " training (default: L2 0.1, 0.15, 0.25, 0.5 and 1.0 at 1 x 28 x 28, adapted to other sizes,"
                    + " and Linf 1, 2, 4, 8 and 16 of 255 if the training is in Linf)")
    private List<String> evalEpsilons;

    @Option(
            names = "--out",
            paramLabel = "FOLDER",
            description = "folder for state and results (default: benchmark in the state folder)")
    private Path out;

    @Option(
            names = "--max-running",
            paramLabel = "N",
            defaultValue = "2",
            description = "experiments under way at a time (default: ${DEFAULT-VALUE}: one trains while the other"
                    + " is evaluated)")
    private int maxRunning;

    @Option(
            names = "--transfer",
            description = "when all are trained, also evaluate every model on images made against the other"
                    + " models of its data set, radius and seed")
    private boolean transfer;

    @Option(
            names = "--full",
            description = "when all are trained, also evaluate every model by the full suite, with all gates")
    private boolean full;

    @Option(names = "--retry-failed", description = "submit runs again that failed in an earlier call")
    private boolean retryFailed;

    @Option(
            names = "--from",
            paramLabel = "FOLDER",
            description = "take over the finished runs of a published comparison (a folder that rtda publish wrote),"
                    + " and continue with the others; their specification and images must be the same")
    private Path from;

    @Option(
            names = "--other-builds",
            description = "with --from: also take over runs that another build of rtda submitted; the pages name"
                    + " each build")
    private boolean otherBuilds;

    public BenchmarkCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws InterruptedException {
        Check.inRange("--max-running", maxRunning, 1, 1000);
        Path folder = (out != null ? out : terminal.home().resolve("benchmark")).toAbsolutePath();
        GatewayClient client = gateway.connect(terminal);
        ObjectNode template = experiment.draft();
        experiment.putInitialWeights(template, client);
        Map<String, List<Double>> judged = evalEpsilons == null
                ? Map.of()
                : RadiiOfNorms.parse("--eval-epsilons", evalEpsilons, SpecDraft.trainingNorm(template));
        SpecDraft.put(template, "evaluation", "linfEpsilons", judged.get("linf"));
        BenchmarkGrid grid = BenchmarkGrid.of(
                template,
                manifests(client.datasets().list()),
                methods.equals(List.of(ALL)) ? KnownNames.METHODS : methods,
                seeds,
                epsilons,
                judged.get("l2"));
        Clock clock = Clock.systemUTC();
        Map<String, String> build = Versions.of(terminal.project());
        try (BenchmarkFolder kept = BenchmarkFolder.open(folder);
                ProgressDisplay display = new ProgressDisplay(terminal)) {
            if (from != null) {
                int taken = new Takeover(grid, kept, build).from(from.toAbsolutePath(), otherBuilds);
                display.tell("benchmark", taken + (taken == 1 ? " run" : " runs") + " taken over from " + from);
            }
            BenchmarkRun run = new BenchmarkRun(
                    grid,
                    kept,
                    new BenchmarkReport(build, clock),
                    () -> gateway.connect(terminal),
                    maxRunning,
                    new Shown(display),
                    clock,
                    () -> TimeUnit.SECONDS.sleep(SECONDS_BETWEEN_LOOKS));
            BenchmarkRun.Outcome outcome = run.run(retryFailed);
            if (full) {
                run.full();
            }
            if (transfer) {
                run.transfer();
            }
            terminal.out().println(folder.resolve("results.md"));
            if (!outcome.failures().isEmpty()) {
                throw new CommandFailure(
                        outcome.failures().size() + " of " + grid.size() + " cells failed; --retry-failed"
                                + " tries them again:\n  " + String.join("\n  ", outcome.failures()));
            }
        }
        return 0;
    }

    private record Shown(ProgressDisplay display) implements BenchmarkRun.Watcher {
        @Override
        public void tell(String line) {
            display.tell("benchmark", line);
        }

        @Override
        public void show(String phase, double share, String figures) {
            display.show("benchmark", phase, share, figures);
        }
    }

    private List<DatasetManifest> manifests(List<DatasetManifest> imported) {
        List<String> known = imported.stream().map(DatasetManifest::name).toList();
        List<DatasetManifest> wanted = new ArrayList<>();
        for (String name : datasets) {
            Check.oneOf("--datasets", name, known);
            wanted.add(imported.get(known.indexOf(name)));
        }
        return wanted.stream().distinct().toList();
    }
}
