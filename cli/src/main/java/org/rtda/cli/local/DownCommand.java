package org.rtda.cli.local;

import java.util.concurrent.Callable;
import org.rtda.cli.terminal.Terminal;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "down",
        mixinStandardHelpOptions = true,
        description = "Stop what rtda up started. Data sets, experiments and models stay for the next rtda up.")
public final class DownCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Option(
            names = "--delete-data",
            description = "also remove all data sets, experiments and models of this machine's store")
    private boolean deleteData;

    public DownCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        StackDirectory directory = new StackDirectory(terminal.home());
        try (StackDirectory.Lock lock = directory.lock()) {
            boolean ran = directory.state().processes().stream().anyMatch(process -> process.isRunning());
            LocalStackSupervisor supervisor = UpCommand.supervisor(terminal, lock);
            supervisor.stopAll();
            if (deleteData) {
                supervisor.deleteData();
            }
            terminal.out()
                    .println((ran ? "everything is stopped" : "nothing was running")
                            + (deleteData ? ", data removed" : ""));
        }
        return 0;
    }
}
