package org.rtda.faults;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import org.rtda.contracts.EventCodec;

/** The experiments of the suite: RTDA on generated images, so that both kinds of workers are needed. */
enum Template {
    /** 96 images in batches of 8, three epochs: 36 steps. Judged quickly after each epoch, and on the test images at the end. */
    MAIN(3, 8, 1),
    /** 96 images in batches of 16, one epoch: six steps. Judged at the end. For queues, and to see that all is well. */
    TINY(1, 16, 0);

    static final int TRAIN_IMAGES = 96;
    static final int VALIDATION_IMAGES = 16;
    static final int TEST_IMAGES = 16;

    private final int epochs;
    private final int batchSize;
    private final int evaluatedEvery;

    Template(int epochs, int batchSize, int evaluatedEvery) {
        this.epochs = epochs;
        this.batchSize = batchSize;
        this.evaluatedEvery = evaluatedEvery;
    }

    /** As the gateway takes it. */
    ObjectNode specification() {
        JsonNode specification = EventCodec.mapper()
                .valueToTree(Map.of(
                        "dataset",
                        "small",
                        "method",
                        "rtda",
                        "network",
                        "resnet8",
                        "epochs",
                        epochs,
                        "batchSize",
                        batchSize,
                        "seed",
                        5,
                        "shards",
                        2,
                        "attack",
                        Map.of("steps", 2),
                        "evaluation",
                        Map.of(
                                "everyEpochs",
                                evaluatedEvery,
                                "quickImages",
                                8,
                                "attackSteps",
                                2,
                                "epsilons",
                                List.of(0.5))));
        return (ObjectNode) specification;
    }
}
