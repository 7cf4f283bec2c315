package org.rtda.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.rtda.cli.benchmark.BenchmarkCommand;
import org.rtda.cli.benchmark.PublishCommand;
import org.rtda.cli.dataset.DatasetCommand;
import org.rtda.cli.dataset.DatasetsCommand;
import org.rtda.cli.dataset.ForgetCommand;
import org.rtda.cli.dataset.ImportCommand;
import org.rtda.cli.dataset.PhantomsCommand;
import org.rtda.cli.dataset.Proxies;
import org.rtda.cli.demo.DemoCommand;
import org.rtda.cli.experiment.CancelCommand;
import org.rtda.cli.experiment.CardCommand;
import org.rtda.cli.experiment.DeleteCommand;
import org.rtda.cli.experiment.DescribeCommand;
import org.rtda.cli.experiment.EvaluateCommand;
import org.rtda.cli.experiment.EvaluationsCommand;
import org.rtda.cli.experiment.ExperimentsCommand;
import org.rtda.cli.experiment.LineageCommand;
import org.rtda.cli.experiment.ModelCommand;
import org.rtda.cli.experiment.ReportCommand;
import org.rtda.cli.experiment.ResultsCommand;
import org.rtda.cli.experiment.TrainCommand;
import org.rtda.cli.local.DownCommand;
import org.rtda.cli.local.LogsCommand;
import org.rtda.cli.local.RebuildViewCommand;
import org.rtda.cli.local.StatusCommand;
import org.rtda.cli.local.UpCommand;
import org.rtda.cli.terminal.CommandFailure;
import org.rtda.cli.terminal.Terminal;
import org.rtda.cli.terminal.Versions;
import org.rtda.cli.token.TokenCommand;
import org.rtda.contracts.check.InvalidFieldException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
        name = "rtda",
        mixinStandardHelpOptions = true,
        versionProvider = Rtda.Version.class,
        description = "Robust training with data augmentation for medical image classifiers.",
        synopsisSubcommandLabel = "COMMAND",
        footer = {
            "",
            "In a checkout, rtda bench NAME compares the speed with that of other programs: docs/speed.md.",
            "",
            "Environment: RTDA_HOME, folder for state and logs (default: .rtda in the project); RTDA_GATEWAY, address of a",
            "gateway elsewhere; RTDA_TOKEN, token to sign in there; RTDA_DEBUG=1, show the stack trace of a failure."
        })
public final class Rtda implements Runnable {
    @Spec
    private CommandSpec spec;

    Rtda() {}

    public static void main(String[] arguments) {
        Proxies.takePasswords();
        Map<String, String> environment = System.getenv();
        Path project =
                Path.of(System.getProperty("rtda.root", ".")).toAbsolutePath().normalize();
        Path home =
                environment.containsKey("RTDA_HOME") ? Path.of(environment.get("RTDA_HOME")) : project.resolve(".rtda");
        Terminal terminal = new Terminal(
                project,
                home,
                utf8(FileDescriptor.out),
                utf8(FileDescriptor.err),
                Boolean.getBoolean("rtda.interactive"),
                environment);
        System.exit(run(terminal, arguments));
    }

    /** @return 0, 1 when the command failed, 2 when it was not understood */
    static int run(Terminal terminal, String... arguments) {
        CommandLine line = new CommandLine(new Rtda())
                .addSubcommand(new DemoCommand(terminal))
                .addSubcommand(new UpCommand(terminal))
                .addSubcommand(new DownCommand(terminal))
                .addSubcommand(new StatusCommand(terminal))
                .addSubcommand(new LogsCommand(terminal))
                .addSubcommand(new ImportCommand(terminal))
                .addSubcommand(new DatasetsCommand(terminal))
                .addSubcommand(DatasetCommand.of(terminal))
                .addSubcommand(new TrainCommand(terminal))
                .addSubcommand(new EvaluateCommand(terminal))
                .addSubcommand(new BenchmarkCommand(terminal))
                .addSubcommand(new PublishCommand(terminal))
                .addSubcommand(new ExperimentsCommand(terminal))
                .addSubcommand(new DescribeCommand(terminal))
                .addSubcommand(new EvaluationsCommand(terminal))
                .addSubcommand(new ResultsCommand(terminal))
                .addSubcommand(new ReportCommand(terminal))
                .addSubcommand(new CardCommand(terminal))
                .addSubcommand(new LineageCommand(terminal))
                .addSubcommand(new ModelCommand(terminal))
                .addSubcommand(new CancelCommand(terminal))
                .addSubcommand(new DeleteCommand(terminal))
                .addSubcommand(new ForgetCommand(terminal))
                .addSubcommand(new RebuildViewCommand(terminal))
                .addSubcommand(TokenCommand.of(terminal))
                .addSubcommand(new PhantomsCommand(terminal));
        line.setOut(new java.io.PrintWriter(terminal.out(), true, StandardCharsets.UTF_8));
        line.setErr(new java.io.PrintWriter(terminal.err(), true, StandardCharsets.UTF_8));
        line.setCaseInsensitiveEnumValuesAllowed(true);
        line.setParameterExceptionHandler((e, given) -> notUnderstood(terminal, e));
        line.setExecutionExceptionHandler((e, command, result) -> failed(terminal, e));
        return line.execute(arguments);
    }

    /** Without a command. */
    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "a command is missing");
    }

    private static int notUnderstood(Terminal terminal, ParameterException e) {
        String name = e.getCommandLine().getCommandSpec().qualifiedName();
        terminal.tell(name + ": " + e.getMessage() + " (see " + name + " --help)");
        return 2;
    }

    private static int failed(Terminal terminal, Exception e) {
        boolean expected = e instanceof CommandFailure || e instanceof InvalidFieldException;
        terminal.tell("rtda: " + (expected ? e.getMessage() : "unexpected failure: " + e));
        if (terminal.environment().containsKey("RTDA_DEBUG")) {
            e.printStackTrace(terminal.err());
        } else if (!expected) {
            terminal.tell("rtda: RTDA_DEBUG=1 shows where it came from");
        }
        return 1;
    }

    private static PrintStream utf8(FileDescriptor descriptor) {
        return new PrintStream(new FileOutputStream(descriptor), true, StandardCharsets.UTF_8);
    }

    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            return new String[] {"rtda " + Versions.rtda()};
        }
    }
}
