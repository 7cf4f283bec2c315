package org.rtda.cli.experiment;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.rtda.cli.local.GatewayOption;
import org.rtda.cli.rest.GatewayClient;
import org.rtda.cli.terminal.JsonOption;
import org.rtda.cli.terminal.RadiusConverter;
import org.rtda.cli.terminal.Terminal;
import org.rtda.contracts.EvaluationId;
import org.rtda.contracts.EventCodec;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "evaluate",
        mixinStandardHelpOptions = true,
        description = "Evaluate a trained model again: with another suite, or on images made against other models.")
public final class EvaluateCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Mixin
    private GatewayOption gateway;

    @Mixin
    private JsonOption json;

    @Parameters(paramLabel = "EXPERIMENT")
    private String experiment;

    @Option(names = "--suite", paramLabel = "S", description = "suite: quick, standard or full (default: full)")
    private String suite;

    @Option(
            names = "--transfer-from",
            paramLabel = "EXPERIMENT,...",
            split = ",",
            description = "instead of a suite: evaluate on images made against the models of these experiments,"
                    + " which must have the same data set")
    private List<String> transferFrom;

    @Option(
            names = "--epsilon",
            paramLabel = "X",
            converter = RadiusConverter.class,
            description = "radius of the attack on these models, in the norm of its training and in pixel units:"
                    + " 0.5, or 8/255 (default: that of the evaluated model's training)")
    private Double epsilon;

    @Option(
            names = "--epoch",
            paramLabel = "N",
            description = "evaluate the checkpoint of this epoch (default: the newest)")
    private Integer epoch;

    @Option(
            names = "--name",
            paramLabel = "NAME",
            description = "name of this evaluation (default: the suite, or transfer)")
    private String name;

    @Option(names = "--wait", description = "wait until the evaluation has ended, and show its figures")
    private boolean wait;

    public EvaluateCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws InterruptedException {
        GatewayClient client = gateway.connect(terminal);
        ObjectNode wanted = EventCodec.mapper().createObjectNode();
        SpecDraft.put(wanted, "suite", suite);
        SpecDraft.put(wanted, "transferFrom", transferFrom);
        SpecDraft.put(wanted, "epsilon", epsilon);
        SpecDraft.put(wanted, "epoch", epoch);
        SpecDraft.put(wanted, "name", name);
        String evaluation = client.evaluate(experiment, wanted);
        if (!wait) {
            json.write(terminal, Map.of("id", evaluation));
            if (!json.takesOutput()) {
                terminal.out().println(evaluation);
                terminal.tell("its figures: rtda results " + experiment + " --evaluation "
                        + EvaluationId.parse(evaluation).name());
            }
            return 0;
        }
        new EvaluationFollower(client, terminal).follow(List.of(new EvaluationFollower.Wanted(experiment, evaluation)));
        ResultsCommand.show(
                client, terminal, json, List.of(experiment), evaluation, ResultsCommand.USUAL_METRIC, false);
        return 0;
    }
}
