package org.rtda.cli.experiment;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
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
import org.rtda.contracts.EventCodec;
import org.rtda.contracts.check.KnownNames;
import org.rtda.contracts.variant.AttackKind;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "train",
        mixinStandardHelpOptions = true,
        description =
                "Submit an experiment and print its id. Options that are not given take the gateway's" + " defaults.")
public final class TrainCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Mixin
    private GatewayOption gateway;

    @Mixin
    private JsonOption json;

    @Option(names = "--dataset", paramLabel = "NAME", description = "an imported data set (rtda datasets lists them)")
    private String dataset;

    @Option(
            names = "--method",
            paramLabel = "M",
            completionCandidates = Methods.class,
            description = "training method, one of ${COMPLETION-CANDIDATES} (default: rtda)")
    private String method;

    @Option(
            names = "--network",
            paramLabel = "N",
            completionCandidates = Networks.class,
            description = "network, one of ${COMPLETION-CANDIDATES} (default: resnet20)")
    private String network;

    @Option(names = "--epochs", paramLabel = "E", description = "passes over the training images (default: 15)")
    private Integer epochs;

    @Option(names = "--batch", paramLabel = "B", description = "images in a step (default: 64)")
    private Integer batch;

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
            description = "attack in training: pgd-l2 or pgd-linf (default: pgd-l2)")
    private String attack;

    @Option(
            names = "--step-size",
            paramLabel = "X",
            converter = RadiusConverter.class,
            description = "length of a step of the attacks in training, in the norm and units of --epsilon: 0.1, or"
                    + " 2/255 (default: 2.5 times the radius, divided by the number of steps)")
    private Double stepSize;

    @Option(names = "--attack-steps", paramLabel = "N", description = "steps of an attack in training (default: 7)")
    private Integer attackSteps;

    @Option(
            names = "--lookahead",
            paramLabel = "K",
            description = "craft attacks K steps ahead, against weights that are K steps older (default: 0, the"
                    + " exact algorithm)")
    private Integer lookahead;

    @Option(
            names = "--shards",
            paramLabel = "N",
            description = "parts of a batch, among which attack workers share it (default: 2)")
    private Integer shards;

    @Option(names = "--lambda", paramLabel = "X", description = "weight of the consistency term (default: 12)")
    private Double lambda;

    @Option(names = "--beta", paramLabel = "X", description = "weight of the divergence in trades (default: 6)")
    private Double beta;

    @Option(names = "--optimizer", paramLabel = "O", description = "optimiser: sgd or adamw (default: sgd)")
    private String optimizer;

    @Option(
            names = "--batch-norm",
            paramLabel = "B",
            description = "which views of a step batch normalisation measures together: separate, joint or dual"
                    + " (default: separate)")
    private String batchNorm;

    @Option(
            names = "--class-weights",
            paramLabel = "C",
            description = "weights of the classes in the loss: balanced or none (default: balanced)")
    private String classWeights;

    @Option(
            names = "--normalization",
            paramLabel = "N",
            description =
                    "what the network's first layer does to pixels: training-split (mean and deviation of the training"
                            + " images), imagenet (for weights that were trained on it) or symmetric (to [-1,1]);"
                            + " default: training-split")
    private String normalization;

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
            names = "--learning-rate",
            paramLabel = "X",
            description = "highest learning rate of the schedule (default: 0.1; adamw 0.001)")
    private Double learningRate;

    @Option(
            names = "--eval-epsilons",
            paramLabel = "X,...",
            split = ",",
            description = "radii of the attacks in the final evaluation, rising, with their norm: l2:0.25,0.5 or"
                    + " l2:0.25,linf:2/255,8/255; without a norm they are in that of the attack in training")
    private List<String> evalEpsilons;

    @Option(
            names = "--test-images",
            paramLabel = "N",
            description = "number of test images in the final evaluation, drawn by class; 0 for all (default: 0)")
    private Integer testImages;

    @Option(
            names = "--suite",
            paramLabel = "S",
            description = "suite of the final evaluation: standard, or full with stronger attacks and all gates"
                    + " (default: standard)")
    private String suite;

    @Option(
            names = "--wanted-sensitivity",
            paramLabel = "X",
            description = "share of the diseased validation images that must be found at a second threshold"
                    + " (default: 0.9)")
    private Double wantedSensitivity;

    @Option(
            names = "--initial-weights",
            paramLabel = "FILE",
            description = "start from these weights: a safetensors file, for example of rtda model --weights")
    private Path initialWeights;

    @Option(
            names = "--spec",
            paramLabel = "FILE.json",
            description = "start from this specification; the other options change it")
    private Path spec;

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
        if (initialWeights != null) {
            put(draft, "initialWeights", client.uploadWeights(initialWeights));
        }
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
                        .println(new ResultTable(List.of(client.results(id)), ResultsCommand.USUAL_METRIC, false)
                                .text());
            }
        } else {
            json.write(terminal, Map.of("id", id));
        }
        return 0;
    }

    /** What was given, and nothing else: defaults are the gateway's affair. */
    ObjectNode draft() {
        ObjectNode draft = spec == null ? EventCodec.mapper().createObjectNode() : read(spec);
        put(draft, "dataset", dataset);
        put(draft, "method", method);
        put(draft, "network", network);
        put(draft, "epochs", epochs);
        put(draft, "batchSize", batch);
        put(draft, "seed", seed);
        put(draft, "lambda", lambda);
        put(draft, "beta", beta);
        put(draft, "lookahead", lookahead);
        put(draft, "shards", shards);
        put(draft, "batchNorm", batchNorm);
        put(draft, "classWeights", classWeights);
        put(draft, "normalization", "name", normalization);
        put(draft, "warmup", "radius", radiusWarmup);
        put(draft, "warmup", "consistency", consistencyWarmup);
        put(draft, "selection", "checkpoint", checkpoint);
        put(draft, "selection", "patience", patience);
        put(draft, "attack", "name", attack);
        put(draft, "attack", "epsilon", epsilon);
        put(draft, "attack", "steps", attackSteps);
        put(draft, "attack", "stepSize", stepSize);
        put(draft, "optimizer", "name", optimizer);
        put(draft, "optimizer", "learningRate", learningRate);
        if (evalEpsilons != null) {
            Map<String, List<Double>> radii = RadiiOfNorms.parse("--eval-epsilons", evalEpsilons, trainingNorm(draft));
            put(draft, "evaluation", "epsilons", radii.get("l2"));
            put(draft, "evaluation", "linfEpsilons", radii.get("linf"));
        }
        put(draft, "evaluation", "testImages", testImages);
        put(draft, "evaluation", "suite", suite);
        put(draft, "evaluation", "wantedSensitivity", wantedSensitivity);
        return draft;
    }

    public static String trainingNorm(ObjectNode draft) {
        return AttackKind.trainingNorm(draft.path("attack").path("name").asText());
    }

    public static void put(ObjectNode node, String field, Object value) {
        if (value != null) {
            node.set(field, EventCodec.mapper().valueToTree(value));
        }
    }

    public static void put(ObjectNode node, String group, String field, Object value) {
        if (value != null) {
            put(node.get(group) instanceof ObjectNode inner ? inner : node.putObject(group), field, value);
        }
    }

    public static ObjectNode read(Path spec) {
        try {
            JsonNode read = EventCodec.mapper().readTree(spec.toFile());
            if (read instanceof ObjectNode object) {
                return object;
            }
            throw new CommandFailure(spec + " does not hold a JSON object");
        } catch (IOException e) {
            throw new CommandFailure(spec + " cannot be read: " + e.getMessage(), e);
        }
    }

    /** For the help. */
    static final class Methods extends ArrayList<String> {
        private static final long serialVersionUID = 1L;

        Methods() {
            super(KnownNames.METHODS);
        }
    }

    /** For the help. */
    static final class Networks extends ArrayList<String> {
        private static final long serialVersionUID = 1L;

        Networks() {
            super(KnownNames.NETWORKS);
        }
    }
}
