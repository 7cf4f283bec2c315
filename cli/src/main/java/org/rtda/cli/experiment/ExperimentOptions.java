package org.rtda.cli.experiment;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.ArrayList;
import org.rtda.cli.rest.GatewayClient;
import org.rtda.cli.terminal.RadiusConverter;
import org.rtda.contracts.check.KnownNames;
import picocli.CommandLine.Option;

/** Options that {@code rtda train} and {@code rtda benchmark} share. */
public final class ExperimentOptions {
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

    @Option(
            names = "--learning-rate",
            paramLabel = "X",
            description = "highest learning rate of the schedule (default: 0.1; adamw 0.001)")
    private Double learningRate;

    @Option(names = "--lambda", paramLabel = "X", description = "weight of the consistency term (default: 12)")
    private Double lambda;

    @Option(
            names = "--step-size",
            paramLabel = "X",
            converter = RadiusConverter.class,
            description = "length of a step of the attacks in training, in the norm and units of their radius: 0.1, or"
                    + " 2/255 (default: 2.5 times the radius, divided by the number of steps)")
    private Double stepSize;

    @Option(
            names = "--normalization",
            paramLabel = "N",
            description =
                    "what the network's first layer does to pixels: training-split (mean and deviation of the training"
                            + " images), imagenet (for weights that were trained on it) or symmetric (to [-1,1]);"
                            + " default: training-split")
    private String normalization;

    @Option(
            names = "--suite",
            paramLabel = "S",
            description = "suite of the final evaluation: standard, or full with stronger attacks and all gates"
                    + " (default: standard)")
    private String suite;

    @Option(
            names = "--initial-weights",
            paramLabel = "FILE",
            description = "start from these weights: a safetensors file, for example from rtda model --weights")
    private Path initialWeights;

    @Option(
            names = "--spec",
            paramLabel = "FILE.json",
            description = "JSON file of a specification to start from; the other options change it")
    private Path spec;

    /** The file that was given, changed by what was given beside it. */
    public ObjectNode draft() {
        ObjectNode draft = SpecDraft.read(spec);
        SpecDraft.put(draft, "network", network);
        SpecDraft.put(draft, "epochs", epochs);
        SpecDraft.put(draft, "batchSize", batch);
        SpecDraft.put(draft, "lambda", lambda);
        SpecDraft.put(draft, "attack", "stepSize", stepSize);
        SpecDraft.put(draft, "normalization", "name", normalization);
        SpecDraft.put(draft, "optimizer", "learningRate", learningRate);
        SpecDraft.put(draft, "evaluation", "suite", suite);
        return draft;
    }

    /** Uploads the weights to begin with, if there are any. The store's answer is the same for the same file. */
    public void putInitialWeights(ObjectNode draft, GatewayClient client) {
        if (initialWeights != null) {
            SpecDraft.put(draft, "initialWeights", client.uploadWeights(initialWeights));
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
