package org.rtda.cli.dataset;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import org.rtda.cli.local.GatewayOption;
import org.rtda.cli.rest.GatewayClient;
import org.rtda.cli.rest.GatewayRefusal;
import org.rtda.cli.terminal.CommandFailure;
import org.rtda.cli.terminal.Terminal;
import org.rtda.contracts.check.Check;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
        name = "forget",
        mixinStandardHelpOptions = true,
        description = "Remove every image of a data set from the system: the data set with all of its imports,"
                + " and the predictions, galleries and batches of all experiments that used it. Says what it"
                + " cannot reach. Refused while such an experiment has not ended. Only an owner may do it.")
public final class ForgetCommand implements Callable<Integer> {
    /** What no request to the gateway removes. */
    private static final List<String> OUT_OF_REACH = List.of(
            "models and weights that were trained on the images, and figures: rtda delete EXPERIMENT removes them",
            "batches inside Kafka's messages: requests are kept for 25 hours, answers for 40 minutes at most",
            "reports, predictions, pictures and models that somebody has downloaded, and backups of store and database",
            "the files that the data set was imported from");

    private final Terminal terminal;

    @Mixin
    private GatewayOption gateway;

    @Parameters(paramLabel = "DATASET")
    private String name;

    public ForgetCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    /** None where the import broke off: there are images then, and no manifest that an experiment could name. */
    private Set<String> experimentsOn(GatewayClient client) {
        Set<String> experiments = new TreeSet<>();
        try {
            client.datasets().versions(name).forEach(version -> experiments.addAll(version.experiments()));
        } catch (GatewayRefusal e) {
            if (!e.isUnknown()) {
                throw e;
            }
        }
        return experiments;
    }

    @Override
    public Integer call() {
        Check.name("DATASET", name);
        GatewayClient client = gateway.connect(terminal);
        Set<String> experiments = experimentsOn(client);
        client.datasets().delete(name, true);
        if (client.datasets().list().stream().anyMatch(left -> left.name().equals(name))) {
            throw new CommandFailure("data set " + name + " is there again: somebody has imported it meanwhile");
        }
        terminal.out().println("removed data set " + name);
        if (!experiments.isEmpty()) {
            terminal.out().println("removed predictions, galleries and batches of: " + String.join(", ", experiments));
        }
        terminal.out().println("Not reached:");
        OUT_OF_REACH.forEach(what -> terminal.out().println("- " + what));
        return 0;
    }
}
