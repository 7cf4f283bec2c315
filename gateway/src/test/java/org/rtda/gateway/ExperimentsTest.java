package org.rtda.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rtda.contracts.ExperimentCommand;
import org.rtda.contracts.ExperimentSpec;
import org.rtda.contracts.ExperimentStatus.State;
import org.rtda.contracts.InvalidFieldException;
import org.rtda.contracts.ObjectRef;
import org.rtda.core.Seed;
import org.rtda.core.network.Initialization;
import org.rtda.core.network.NetworkArchitecture;
import org.rtda.core.network.SafeTensors;
import org.rtda.store.DatasetReader;
import org.rtda.store.Datasets;
import org.rtda.store.InMemoryArtifactStore;

class ExperimentsTest {
    @TempDir
    Path folder;

    private final InMemoryArtifactStore store = new InMemoryArtifactStore();
    private final Views views = new Views(1000, 10_000);
    private final List<ExperimentCommand> sent = new ArrayList<>();
    private final Experiments experiments = new Experiments(
            views,
            new Datasets(store),
            new DatasetReader(store, 0),
            new InitialWeightsCheck(store),
            sent::add,
            Clock.fixed(Events.TIME, ZoneOffset.UTC));

    @BeforeEach
    void importPhantoms() throws IOException {
        TestImages.importInto(store, "phantoms", folder);
    }

    private static ExperimentSpec draft(int epochs) {
        return StrictJson.read(
                ("{\"dataset\":\"phantoms\",\"batchSize\":4,\"epochs\":" + epochs + "}")
                        .getBytes(StandardCharsets.UTF_8),
                ExperimentSpec.class);
    }

    @Test
    void whatIsSentIsResolvedForTheDataSetAndSeenAtOnce() {
        Experiments.Submitted submitted = experiments.submit(draft(3), null);

        ExperimentCommand.Submit command = (ExperimentCommand.Submit) sent.get(0);
        assertThat(command.experimentId()).isEqualTo(submitted.id());
        // 1.0 at 3 x 32 x 32 is sqrt(64 / 3072) at 1 x 8 x 8
        assertThat(command.spec().attack().epsilon()).isEqualTo(Math.sqrt(64 / 3072.0));
        assertThat(command.spec().evaluation().epsilons()).hasSize(6);
        assertThat(views.read(submitted.id(), v -> v.status().state())).hasValue(State.QUEUED);
    }

    @Test
    void theSameKeyMakesOneExperiment() {
        Experiments.Submitted first = experiments.submit(draft(3), "key-1");
        Experiments.Submitted again = experiments.submit(draft(3), "key-1");

        assertThat(again.id()).isEqualTo(first.id());
        assertThat(again.isNew()).isFalse();
        assertThat(sent).hasSize(1);
        assertThat(experiments.submit(draft(3), "key-2").id()).isNotEqualTo(first.id());
        ProblemException other =
                catchThrowableOfType(ProblemException.class, () -> experiments.submit(draft(4), "key-1"));
        assertThat(other.status()).isEqualTo(409);
    }

    @Test
    void theSameKeyStillNamesItsExperimentAfterItsDataSetWasImportedAgain() throws IOException {
        Experiments.Submitted first = experiments.submit(draft(3), "key-1");
        TestImages.importInto(store, "phantoms", folder, 9);

        assertThat(experiments.submit(draft(3), "key-1")).isEqualTo(new Experiments.Submitted(first.id(), false));
    }

    @Test
    void anUnknownDataSetOrABatchThatDoesNotFitIsRefusedAndNothingIsSent() {
        ExperimentSpec unknown =
                StrictJson.read("{\"dataset\":\"nowhere\"}".getBytes(StandardCharsets.UTF_8), ExperimentSpec.class);
        assertThatThrownBy(() -> experiments.submit(unknown, null))
                .isInstanceOf(InvalidFieldException.class)
                .hasMessage("dataset must be one of [phantoms], was nowhere");
        ExperimentSpec large = StrictJson.read(
                "{\"dataset\":\"phantoms\",\"batchSize\":64}".getBytes(StandardCharsets.UTF_8), ExperimentSpec.class);
        assertThatThrownBy(() -> experiments.submit(large, null))
                .hasMessageContaining("batchSize must be at most 8, the training images of phantoms");
        assertThat(sent).isEmpty();
    }

    @Test
    void aNetworkThatDoesNotTakeTheImagesIsRefusedWithTheOnesThatDo() {
        ExperimentSpec large = StrictJson.read(
                "{\"dataset\":\"phantoms\",\"batchSize\":4,\"network\":\"resnet50\"}".getBytes(StandardCharsets.UTF_8),
                ExperimentSpec.class);
        assertThatThrownBy(() -> experiments.submit(large, null))
                .isInstanceOf(InvalidFieldException.class)
                .hasMessage("network must be one of [resnet8, resnet20] for images of 1 x 8 x 8, was resnet50");
        assertThat(sent).isEmpty();
    }

    private ExperimentSpec beginningWith(String network, ObjectRef weights) {
        return StrictJson.read(
                ("{\"dataset\":\"phantoms\",\"batchSize\":4,\"network\":\"" + network
                                + "\",\"initialWeights\":{\"key\":\"" + weights.key() + "\",\"sha256\":\""
                                + weights.sha256()
                                + "\",\"sizeBytes\":" + weights.sizeBytes() + "}}")
                        .getBytes(StandardCharsets.UTF_8),
                ExperimentSpec.class);
    }

    private ObjectRef stored(String network, int classes) {
        NetworkArchitecture architecture = NetworkArchitecture.named(network, 1, 8, 8, classes);
        return store.put(
                "weights/mine.safetensors",
                SafeTensors.encode(Initialization.weights(architecture, new Seed(1)), Map.of()));
    }

    @Test
    void initialWeightsOfTheNetworkForTheDataSetAreTaken() {
        assertThat(experiments
                        .submit(beginningWith("resnet8", stored("resnet8", 2)), null)
                        .isNew())
                .isTrue();
    }

    @Test
    void initialWeightsForOtherClassesAreTakenSinceTheTrainerFitsThem() {
        assertThat(experiments
                        .submit(beginningWith("resnet8", stored("resnet8", 3)), null)
                        .isNew())
                .isTrue();
    }

    @Test
    void initialWeightsOfAnotherNetworkAreRefusedWithWhatDiffers() {
        ExperimentSpec draft = beginningWith("resnet8", stored("resnet20", 2));

        assertThatThrownBy(() -> experiments.submit(draft, null))
                .isInstanceOf(InvalidFieldException.class)
                .hasMessageStartingWith(
                        "initialWeights must be weights of network resnet8 for images of 1 x 8 x 8 and 2 classes"
                                + " (layer1.1.conv1.weight is not part of the network;")
                .hasMessageEndingWith(
                        "more differences): name the network and the data set that they are of, or leave them"
                                + " out, was weights/mine.safetensors");
        assertThat(sent).isEmpty();
    }

    @Test
    void initialWeightsThatAreNotThereAreRefused() {
        ObjectRef gone = stored("resnet8", 2);
        store.delete(gone.key());

        assertThatThrownBy(() -> experiments.submit(beginningWith("resnet8", gone), null))
                .isInstanceOf(InvalidFieldException.class)
                .hasMessageContaining("POST /api/weights brings it")
                .hasMessageEndingWith("was weights/mine.safetensors");
    }

    @Test
    void initialWeightsThatAreNoWeightsAreRefused() {
        ObjectRef text = store.put("weights/mine.txt", "nothing".getBytes(StandardCharsets.UTF_8));

        assertThatThrownBy(() -> experiments.submit(beginningWith("resnet8", text), null))
                .isInstanceOf(InvalidFieldException.class)
                .hasMessageContaining("a safetensors file of float32 tensors");
    }

    @Test
    void whatTheBrokerDidNotTakeIsNotThere() {
        Experiments broken = new Experiments(
                views,
                new Datasets(store),
                new DatasetReader(store, 0),
                new InitialWeightsCheck(store),
                command -> {
                    throw ProblemException.unavailable("broker gone", null);
                },
                Clock.systemUTC());
        assertThatThrownBy(() -> broken.submit(draft(3), "key-1")).hasMessage("broker gone");
        assertThat(views.readAll(ExperimentView::id)).isEmpty();
        assertThat(experiments.submit(draft(3), "key-1").isNew()).isTrue();
    }

    @Test
    void cancelIsSentOnceAndRefusedWhenNothingIsLeftToStop() {
        String id = experiments.submit(draft(3), null).id();
        assertThat(experiments.cancel(id)).isTrue();
        assertThat(experiments.cancel(id)).isFalse();
        assertThat(sent).hasSize(2);

        Events ended = new Events("exp-ended");
        views.apply(ended.submit());
        views.apply(ended.status(1, State.TRAINED, 100));
        views.apply(ended.completed(10, true, 1, 0));
        ProblemException e = catchThrowableOfType(ProblemException.class, () -> experiments.cancel("exp-ended"));
        assertThat(e.status()).isEqualTo(409);
        ProblemException none = catchThrowableOfType(ProblemException.class, () -> experiments.cancel("exp-none"));
        assertThat(none.status()).isEqualTo(404);
    }
}
