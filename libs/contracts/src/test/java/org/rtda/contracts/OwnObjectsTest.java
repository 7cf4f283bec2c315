package org.rtda.contracts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.rtda.contracts.check.InvalidMessageException;

/** Records as somebody sends them who may write to one topic and means harm: who reads them reads, shows and writes what they name. */
class OwnObjectsTest {
    private static final String CHECKPOINTS = "experiments/breast-rtda-1/checkpoints";
    private static final String DATASET = "datasets/breast-28";

    /** Of each kind of record: the references to objects, and the folder in which their objects are. */
    private static final Map<Class<?>, Map<String, String>> OWN = Map.of(
            ExperimentCommand.Submit.class,
            Map.of("/dataset/manifest", DATASET),
            CheckpointSaved.class,
            Map.of(
                    "/dataset/manifest", DATASET,
                    "/weights", CHECKPOINTS,
                    "/model", CHECKPOINTS,
                    "/trainingState", CHECKPOINTS),
            EvaluationCommand.class,
            Map.of(
                    "/checkpoint/dataset/manifest", DATASET,
                    "/checkpoint/weights", CHECKPOINTS,
                    "/checkpoint/model", CHECKPOINTS,
                    "/checkpoint/trainingState", CHECKPOINTS),
            EvaluationTask.class,
            Map.of(
                    "/checkpoint/dataset/manifest", DATASET,
                    "/checkpoint/weights", CHECKPOINTS,
                    "/checkpoint/model", CHECKPOINTS,
                    "/checkpoint/trainingState", CHECKPOINTS),
            RobustnessMetric.Measured.class,
            Map.of(
                    "/predictions", "experiments/breast-rtda-1/evaluations",
                    "/gallery", "experiments/breast-rtda-1/galleries"),
            AugmentRequest.class,
            Map.of("/images/dataset/manifest", DATASET),
            AttackRequest.class,
            Map.of("/images/dataset/manifest", DATASET));

    /** Paths of segments that matter somewhere, most of which lie elsewhere or can be read in two ways. */
    @Provide
    Arbitrary<String> keys() {
        Arbitrary<String> segment = Arbitraries.of(
                "", ".", "..", "a", "epoch-00001", "manifest.json", "breast-28", "breast-280", "other", "checkpoints");
        Arbitrary<String> rest = segment.list().ofMaxSize(5).map(segments -> String.join("/", segments));
        Arbitrary<String> begin = Arbitraries.of(
                "",
                "/",
                "datasets/",
                DATASET,
                DATASET + "/",
                CHECKPOINTS,
                CHECKPOINTS + "/",
                "experiments/breast-rtda-1/",
                "experiments/breast-rtda-1/evaluations/",
                "experiments/breast-rtda-1/galleries/",
                "experiments/other/checkpoints/",
                "transient/breast-rtda-1/",
                "weights/",
                "claims/datasets/breast-28/");
        return begin.flatMap(first -> rest.map(then -> first + then));
    }

    /** As a file system reads the key, which is the reading that leaves folders. */
    private static boolean isIn(String folder, String key) {
        Path path = Path.of(key);
        return path.normalize().startsWith(folder)
                && path.normalize().getNameCount() > Path.of(folder).getNameCount()
                && path.normalize().toString().equals(key);
    }

    private static ObjectNode naming(Class<?> type, String reference, String key) {
        ObjectNode document = Golden.json(type);
        document.withObject(reference).put("key", key).put("sha256", "00").put("sizeBytes", 1);
        return document;
    }

    @Property(tries = 500)
    void aRecordIsRefusedWhoseObjectLiesOutsideTheFolderOfItsKind(@ForAll("keys") String key) {
        OWN.forEach((type, references) -> references.forEach((reference, folder) -> {
            byte[] document = Golden.bytes(naming(type, reference, key));
            if (isIn(folder, key)) {
                assertThat(EventCodec.read(document, type)).isNotNull();
            } else {
                assertThatThrownBy(() -> EventCodec.read(document, type))
                        .as(type.getSimpleName() + reference)
                        .isInstanceOf(InvalidMessageException.class)
                        .hasMessageContaining(".key must be below " + folder + "/, was " + key);
            }
        }));
    }

    @Property(tries = 500)
    void aTrainingBeginsWithWeightsThatSomebodyBroughtOrWithThoseOfACheckpoint(@ForAll("keys") String key) {
        ObjectNode document = Golden.json(ExperimentCommand.Submit.class);
        document.withObject("/spec/initialWeights")
                .put("key", key)
                .put("sha256", "00")
                .put("sizeBytes", 1);
        boolean allowed = isIn("weights", key) || isIn(CHECKPOINTS, key) || isIn("experiments/other/checkpoints", key);
        if (allowed) {
            assertThat(EventCodec.read(Golden.bytes(document), ExperimentCommand.Submit.class)
                            .spec()
                            .initialWeights()
                            .key())
                    .isEqualTo(key);
        } else {
            assertRefused(
                    document,
                    ExperimentCommand.Submit.class,
                    "initialWeights.key must be below weights/ or experiments/EXPERIMENT/checkpoints/, was " + key);
        }
    }

    private static void assertRefused(ObjectNode document, Class<?> type, String reason) {
        assertThatThrownBy(() -> EventCodec.read(Golden.bytes(document), type))
                .isInstanceOf(InvalidMessageException.class)
                .hasMessageContaining(reason);
    }

    @Test
    void aCommandOrATaskIsOfItsOwnExperimentsCheckpoint() {
        for (Class<?> type : List.of(EvaluationCommand.class, EvaluationTask.class)) {
            assertRefused(
                    Golden.json(type).put("experimentId", "other"),
                    type,
                    "checkpoint.experimentId must be other, was breast-rtda-1");
        }
    }

    /** Its predictions and pictures are written under the evaluation's id. */
    @Test
    void aTaskIsOfAnEvaluationOfItsOwnExperiment() {
        for (String evaluation : List.of(
                "other/epoch-00020", "breast-rtda-1", "breast-rtda-1/epoch-00020/..", "../breast-rtda-1/epoch-00020")) {
            assertRefused(
                    Golden.json(EvaluationTask.class).put("evaluationId", evaluation),
                    EvaluationTask.class,
                    "evaluationId must be below breast-rtda-1/, was " + evaluation);
        }
    }

    @Test
    void aTransferNamesTheWeightsOfACheckpointOfTheExperimentThatItNames() {
        ObjectNode command = Golden.json(EvaluationCommand.class);
        command.remove("suite");
        ObjectNode source = command.putArray("transferFrom").addObject();
        source.put("experimentId", "breast-erm-1").put("network", "resnet8");
        source.putObject("weights")
                .put("key", "experiments/another/checkpoints/epoch-00020/weights.safetensors")
                .put("sha256", "00")
                .put("sizeBytes", 1);

        assertRefused(
                command,
                EvaluationCommand.class,
                "transferFrom.weights.key must be below experiments/breast-erm-1/checkpoints/, was"
                        + " experiments/another/checkpoints/epoch-00020/weights.safetensors");
    }
}
