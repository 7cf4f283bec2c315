package org.rtda.cli.experiment;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.rtda.cli.local.GatewayOption;
import org.rtda.cli.rest.Experiment;
import org.rtda.cli.rest.GatewayClient;
import org.rtda.cli.terminal.CommandFailure;
import org.rtda.cli.terminal.JsonOption;
import org.rtda.cli.terminal.RadiiOfNorms;
import org.rtda.cli.terminal.RadiusConverter;
import org.rtda.cli.terminal.Terminal;
import org.rtda.contracts.check.KnownNames;
import org.rtda.contracts.variant.MethodKind;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "train",
        mixinStandardHelpOptions = true,
        description = "Submit an experiment and print its id. Options that are not given take the gateway's defaults.")
public final class TrainCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Mixin
    private GatewayOption gateway;

    @Mixin
    private JsonOption json;

    @Mixin
    private ExperimentOptions experiment;

    @Option(names = "--dataset", paramLabel = "NAME", description = "an imported data set (rtda datasets lists them)")
    private String dataset;

    @Option(
            names = "--method",
            paramLabel = "M",
            completionCandidates = Methods.class,
            description = "training method, one of ${COMPLETION-CANDIDATES} (default: " + MethodKind.PROPOSED + ")")
    private String method;

    @Option(names = "--seed", paramLabel = "S", description = "seed of all randomness (default: 1)")
    private Long seed;

    @Option(
            names = "--epsilon",
            paramLabel = "X",
            converter = RadiusConverter.class,
            description = "radius of the attacks in training, in the norm of --attack and in pixel units: 0.5, or"
                    + " 8/255 (default: the radius that changes pixels as much on average as 1.0 on 3 x 32 x 32)")
    private Double epsilon;

    @Option(
            names = "--attack",
            paramLabel = "A",
            completionCandidates = TrainingAttacks.class,
            description = "attack in training, one of ${COMPLETION-CANDIDATES} (default: pgd-l2)")
    private String attack;

    @Option(names = "--attack-steps", paramLabel = "N", description = "steps of an attack in training (default: 7)")
    private Integer attackSteps;

    @Option(
            names = "--lookahead",
            paramLabel = "K",
            description = "craft attacks K steps ahead, against weights that are K steps older (default: 0,"
                    + " always the newest weights)")
    private Integer lookahead;

    @Option(
            names = "--shards",
            paramLabel = "N",
            description = "number of parts of a batch, and so of the attack workers that can share a step (default: 2)")
    private Integer shards;

    @Option(names = "--beta", paramLabel = "X", description = "weight of the divergence in trades (default: 6)")
    private Double beta;

    @Option(names = "--optimizer", paramLabel = "O", description = "optimiser: sgd or adamw (default: sgd)")
    private String optimizer;

    @Option(
            names = "--batch-norm",
            paramLabel = "B",
            description = "batch normalisation: separate (each view by itself), joint (all views together) or"
                    + " dual (a second set for adversarial views) (default: separate)")
    private String batchNorm;

    @Option(
            names = "--class-weights",
            paramLabel = "C",
            description = "weights of the classes in the loss: balanced or none (default: balanced)")
    private String classWeights;

    @Option(
            names = "--radius-warmup",
            paramLabel = "X",
            description =
                    "share of all steps over which the radius of the attacks in training rises from 0 (default: 0.5)")
    private Double radiusWarmup;

    @Option(
            names = "--consistency-warmup",
            paramLabel = "X",
            description = "share of all steps over which lambda (in trades: beta) rises from 0 (default: 0)")
    private Double consistencyWarmup;

    @Option(
            names = "--checkpoint",
            paramLabel = "C",
            description = "which epoch is the result: last, or best by balanced accuracy under attack on the"
                    + " validation images (default: last)")
    private String checkpoint;

    @Option(
            names = "--patience",
            paramLabel = "N",
            description = "stop after N epochs without a better result on the validation images (default: never)")
    private Integer patience;

    @Option(
            names = "--eval-epsilons",
            paramLabel = "X,...",
            split = ",",
            description = "radii of the attacks in the final evaluation, rising, with their norm: l2:0.25,0.5 or"
                    + " l2:0.25,linf:2/255,8/255; without a norm, the norm of the attack in training")
    private List<String> evalEpsilons;

    @Option(
            names = "--test-images",
            paramLabel = "N",
            description = "number of test images in the final evaluation, drawn by class; 0 for all (default: 0)")
    private Integer testImages;

    @Option(
            names = "--wanted-sensitivity",
            paramLabel = "X",
            description = "share of the diseased validation images that must be found at a second threshold"
                    + " (default: 0.9)")
    private Double wantedSensitivity;

    @Option(names = "--follow", description = "show the progress until training and evaluation have ended")
    private boolean follow;

    public TrainCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws InterruptedException {
        ObjectNode draft = draft();
        if (!draft.hasNonNull("dataset")) {
            throw new CommandFailure("--dataset NAME is missing (rtda datasets lists them)");
        }
        GatewayClient client = gateway.connect(terminal);
        experiment.putInitialWeights(draft, client);
        String id = client.submit(draft);
        if (!json.takesOutput()) {
            terminal.out().println(id);
        }
        if (follow) {
            Experiment ended = new ExperimentFollower(client, terminal, () -> {})
                    .follow(List.of(id))
                    .get(0);
            json.write(terminal, ended);
            ExperimentFollower.requireTrained(ended);
            if (!json.takesOutput()) {
                terminal.out()
                        .println(new ResultTable(List.of(client.results().of(id)), ResultsCommand.USUAL_METRIC, false)
                                .text());
            }
        } else {
            json.write(terminal, Map.of("id", id));
        }
        return 0;
    }

    /** What was given, and nothing else: defaults are the gateway's affair. */
    ObjectNode draft() {
        ObjectNode draft = experiment.draft();
        SpecDraft.put(draft, "dataset", dataset);
        SpecDraft.put(draft, "method", method);
        SpecDraft.put(draft, "seed", seed);
        SpecDraft.put(draft, "beta", beta);
        SpecDraft.put(draft, "lookahead", lookahead);
        SpecDraft.put(draft, "shards", shards);
        SpecDraft.put(draft, "batchNorm", batchNorm);
        SpecDraft.put(draft, "classWeights", classWeights);
        SpecDraft.put(draft, "warmup", "radius", radiusWarmup);
        SpecDraft.put(draft, "warmup", "consistency", consistencyWarmup);
        SpecDraft.put(draft, "selection", "checkpoint", checkpoint);
        SpecDraft.put(draft, "selection", "patience", patience);
        SpecDraft.put(draft, "attack", "name", attack);
        SpecDraft.put(draft, "attack", "epsilon", epsilon);
        SpecDraft.put(draft, "attack", "steps", attackSteps);
        SpecDraft.put(draft, "optimizer", "name", optimizer);
        if (evalEpsilons != null) {
            Map<String, List<Double>> radii =
                    RadiiOfNorms.parse("--eval-epsilons", evalEpsilons, SpecDraft.trainingNorm(draft));
            SpecDraft.put(draft, "evaluation", "epsilons", radii.get("l2"));
            SpecDraft.put(draft, "evaluation", "linfEpsilons", radii.get("linf"));
        }
        SpecDraft.put(draft, "evaluation", "testImages", testImages);
        SpecDraft.put(draft, "evaluation", "wantedSensitivity", wantedSensitivity);
        return draft;
    }

    /** For the help. */
    static final class Methods extends ArrayList<String> {
        private static final long serialVersionUID = 1L;

        Methods() {
            super(KnownNames.METHODS);
        }
    }

    /** For the help. */
    static final class TrainingAttacks extends ArrayList<String> {
        private static final long serialVersionUID = 1L;

        TrainingAttacks() {
            super(KnownNames.TRAINING_ATTACKS);
        }
    }
}
