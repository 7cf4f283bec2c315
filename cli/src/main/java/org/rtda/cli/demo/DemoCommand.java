package org.rtda.cli.demo;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import org.rtda.cli.benchmark.page.ComparisonPage;
import org.rtda.cli.dataset.DatasetsCommand;
import org.rtda.cli.dataset.PhantomFiles;
import org.rtda.cli.experiment.ExperimentFollower;
import org.rtda.cli.experiment.ModelCommand;
import org.rtda.cli.experiment.ResultTable;
import org.rtda.cli.experiment.ResultsCommand;
import org.rtda.cli.local.GatewayToken;
import org.rtda.cli.local.LocalStackSupervisor;
import org.rtda.cli.local.LogTail;
import org.rtda.cli.local.ServiceProcess;
import org.rtda.cli.local.StackDirectory;
import org.rtda.cli.local.StackOptions;
import org.rtda.cli.local.UpCommand;
import org.rtda.cli.rest.DatasetMeaning;
import org.rtda.cli.rest.Experiment;
import org.rtda.cli.rest.GatewayClient;
import org.rtda.cli.terminal.CommandFailure;
import org.rtda.cli.terminal.JsonOption;
import org.rtda.cli.terminal.StopOnInterrupt;
import org.rtda.cli.terminal.Terminal;
import org.rtda.cli.terminal.Versions;
import org.rtda.contracts.dataset.DatasetManifest;
import org.rtda.contracts.result.ResultRow;
import org.rtda.core.Seed;
import org.rtda.core.phantom.Modality;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "demo",
        mixinStandardHelpOptions = true,
        description = "Show everything once on this machine: start the services, generate a data set, train on it"
                + " with RTDA and with plain training (erm), evaluate both models, print the table, write a page"
                + " that compares them, stop the services. Services of rtda up are left alone.")
public final class DemoCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Mixin
    private JsonOption json;

    @Option(
            names = "--modality",
            paramLabel = "M",
            defaultValue = "ultrasound",
            description = "kind of images: mammogram, chest-xray or ultrasound (default: ${DEFAULT-VALUE})")
    private String modality;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "1",
            description = "seed of images and training (default: ${DEFAULT-VALUE})")
    private long seed;

    @Option(names = "--quick", description = "fewer images and epochs, a shorter evaluation")
    private boolean quick;

    @Option(names = "--keep", description = "leave the services running, to look at the pages")
    private boolean keep;

    @Option(
            names = "--out",
            paramLabel = "FOLDER",
            description = "folder for reports, models and results (default: demo-results/DATE in the state folder)")
    private Path out;

    @Option(names = "--threads", paramLabel = "N", description = "threads of each process that computes")
    private Integer threads;

    public DemoCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws InterruptedException {
        long began = System.nanoTime();
        Modality wanted = PhantomFiles.modality(modality);
        Path results = resultsFolder();
        Path comparison;
        StackDirectory directory = new StackDirectory(terminal.home().resolve("demo"));
        try (StackDirectory.Lock lock = directory.lock()) {
            comparison = run(UpCommand.supervisor(terminal, lock), directory, wanted, results);
        }
        terminal.tell(String.format(Locale.ROOT, "the demo took %.0f s", (System.nanoTime() - began) / 1e9));
        if (keep) {
            terminal.tell("the services go on; stop them with RTDA_HOME=" + directory.root() + " rtda down");
        }
        // last, so that nobody has to look for what it was all for
        String page = "both methods side by side: " + comparison;
        if (json.takesOutput()) {
            terminal.tell(page);
        } else {
            terminal.out().println(page);
        }
        return 0;
    }

    /** @return the page that compares the methods */
    private Path run(LocalStackSupervisor supervisor, StackDirectory directory, Modality wanted, Path results)
            throws InterruptedException {
        StopOnInterrupt guard = StopOnInterrupt.of(supervisor::stopForGood);
        // of a demo that was killed, or kept
        supervisor.stopAll();
        supervisor.deleteData();
        boolean done = false;
        try {
            supervisor.start(new StackOptions(
                    OptionalInt.of(1),
                    OptionalInt.empty(),
                    threads == null ? StackOptions.defaultThreads() : threads,
                    Duration.ofMinutes(3),
                    !keep));
            Path comparison = runJob(directory, wanted, results);
            done = true;
            return comparison;
        } finally {
            if (!keep || !done) {
                supervisor.stopAll();
                supervisor.deleteData();
            }
            guard.release();
        }
    }

    private Path runJob(StackDirectory directory, Modality wanted, Path results) throws InterruptedException {
        GatewayClient gateway = new GatewayClient(
                URI.create("http://127.0.0.1:"
                        + directory
                                .state()
                                .process(LocalStackSupervisor.GATEWAY)
                                .orElseThrow()
                                .port()),
                GatewayToken.of(terminal.environment()));
        terminal.tell("pages while it works: " + gateway.base() + "/");
        String dataset = "phantom-" + wanted.label();
        DemoPlan plan = DemoPlan.of(quick, wanted);
        DatasetManifest imported = importPhantoms(gateway, directory, wanted, plan.counts(), dataset);
        List<String> ids = new ArrayList<>();
        for (ObjectNode draft : plan.drafts(dataset, seed)) {
            ids.add(gateway.submit(draft));
        }
        List<Experiment> ended = new ExperimentFollower(gateway, terminal, () -> requireAlive(directory)).follow(ids);
        ended.forEach(ExperimentFollower::requireTrained);
        Path comparison = report(gateway, imported, ended, results);
        if (keep) {
            terminal.tell("side by side: " + gateway.base() + "/#/compare?experiments=" + String.join(",", ids));
        }
        return comparison;
    }

    private DatasetManifest importPhantoms(
            GatewayClient gateway,
            StackDirectory directory,
            Modality wanted,
            PhantomFiles.Counts counts,
            String dataset) {
        PhantomFiles files = PhantomFiles.write(
                wanted,
                DemoPlan.SIDE,
                counts,
                new Seed(seed),
                directory.root().resolve("phantoms").resolve(dataset + ".npz"));
        DatasetManifest imported = gateway.datasets()
                .importNpz(
                        dataset,
                        files.main(),
                        Map.of(PhantomFiles.SHIFT_LABEL, files.shift()),
                        new DatasetMeaning(
                                files.set().classNames(),
                                wanted.label(),
                                PhantomFiles.HEALTHY,
                                files.set().provenance(),
                                "generated, no licence needed"));
        terminal.tell(DatasetsCommand.inWords(imported) + ": data set " + dataset + " generated and imported");
        return imported;
    }

    private Path report(GatewayClient gateway, DatasetManifest dataset, List<Experiment> ended, Path results) {
        List<List<ResultRow>> rows = new ArrayList<>();
        create(results);
        for (Experiment experiment : ended) {
            rows.add(ResultsCommand.rows(gateway, experiment.id()));
            String method = experiment.spec().method();
            ModelCommand.save(results.resolve("report-" + method + ".html"), gateway.report(experiment.id()));
            ModelCommand.save(results.resolve("model-" + method + ".onnx"), gateway.model(experiment.id()));
        }
        Path comparison = results.resolve("comparison.html");
        ModelCommand.save(
                comparison,
                new ComparisonPage(Versions.of(terminal.project()), Clock.systemUTC())
                        .html(gateway, dataset, ended)
                        .getBytes(StandardCharsets.UTF_8));
        List<ResultRow> all = rows.stream().flatMap(List::stream).toList();
        JsonOption.write(results.resolve("results.json"), all);
        json.write(terminal, all);
        if (!json.takesOutput()) {
            terminal.out().println();
            terminal.out().println(new ResultTable(rows, ResultsCommand.USUAL_METRIC, false).text());
            terminal.out().println();
            terminal.out().println("reports, models and results: " + results);
        }
        return comparison;
    }

    /** Waiting for a service that has died would last for ever. */
    private static void requireAlive(StackDirectory directory) {
        for (ServiceProcess process : directory.state().processes()) {
            if (!process.isRunning()) {
                List<String> errors = new LogTail(Path.of(process.log())).errors(5);
                throw new CommandFailure(process.name() + " has ended; the end of " + process.log() + ":\n  "
                        + String.join("\n  ", errors));
            }
        }
    }

    private Path resultsFolder() {
        return (out != null
                        ? out
                        : terminal.home()
                                .resolve("demo-results")
                                .resolve(LocalDateTime.now().format(DateTimeFormatter.ofPattern("yyyy-MM-dd-HHmmss"))))
                .toAbsolutePath();
    }

    private static void create(Path folder) {
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new CommandFailure("the folder " + folder + " cannot be made: " + e.getMessage(), e);
        }
    }
}
