package org.rtda.gateway.command;

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
import org.rtda.contracts.check.InvalidFieldException;
import org.rtda.contracts.dataset.DatasetManifest;
import org.rtda.contracts.dataset.ObjectRef;
import org.rtda.core.Seed;
import org.rtda.core.network.Initialization;
import org.rtda.core.network.NetworkArchitecture;
import org.rtda.core.network.SafeTensors;
import org.rtda.gateway.TestImages;
import org.rtda.gateway.database.ExperimentViews;
import org.rtda.gateway.database.TestReadModel;
import org.rtda.gateway.problem.ProblemException;
import org.rtda.gateway.rest.StrictJson;
import org.rtda.gateway.view.EvaluationView;
import org.rtda.gateway.view.Unfinished;
import org.rtda.gateway.view.ViewEvents;
import org.rtda.store.DatasetBusyException;
import org.rtda.store.DatasetReader;
import org.rtda.store.Datasets;
import org.rtda.store.InMemoryArtifactStore;
import org.rtda.store.RunMemory;

class ExperimentsTest {
    @TempDir
    Path folder;

    private final InMemoryArtifactStore store = new InMemoryArtifactStore();
    private final TestReadModel model = new TestReadModel();
    private final ExperimentViews views = model.views;
    private final List<ExperimentCommand> sent = new ArrayList<>();
    private final Experiments experiments = new Experiments(
            views,
            new Datasets(store),
            new DatasetReader(store, 0),
            new InitialWeightsCheck(store, new WeightsLimit(1 << 24)),
            Long.MAX_VALUE,
            model.keys,
            this::send,
            Clock.fixed(ViewEvents.TIME, ZoneOffset.UTC));

    private void send(ExperimentCommand command) {
        sent.add(command);
        model.apply(command);
    }

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
    void anotherGatewayGivesTheSameAnswersWhileTheReadModelShowsNothingYet() {
        String id = submittingTo(new Datasets(store), command -> {})
                .submit(draft(3), "key-1")
                .id();
        Experiments other = submittingTo(new Datasets(store), command -> {});

        assertThat(other.submit(draft(3), "key-1").id()).isEqualTo(id);
        assertThatThrownBy(() -> other.submit(draft(4), "key-1"))
                .isInstanceOfSatisfying(
                        ProblemException.class, e -> assertThat(e.status()).isEqualTo(409))
                .hasMessage("this Idempotency-Key was used for experiment " + id + ", whose specification differs");
    }

    @Test
    void aKeyThatIsKeptNoLongerStillNamesItsExperiment() {
        String id = experiments.submit(draft(3), "key-1").id();
        model.forgetKeys();

        assertThat(experiments.submit(draft(3), "key-1")).isEqualTo(new Experiments.Submitted(id, false));
        assertThatThrownBy(() -> experiments.submit(draft(4), "key-1")).hasMessageContaining("specification differs");
    }

    @Test
    void theKeyOfADeletedExperimentMakesNoOther() {
        String id = experiments.submit(draft(3), "key-1").id();
        model.apply(new ExperimentCommand.Delete(id + "/delete", ViewEvents.TIME, 1, id));

        assertThatThrownBy(() -> experiments.submit(draft(3), "key-1"))
                .isInstanceOfSatisfying(
                        ProblemException.class, e -> assertThat(e.status()).isEqualTo(409))
                .hasMessage("this Idempotency-Key was used for experiment " + id
                        + ", which was deleted: submit with another key");
        assertThat(sent).hasSize(1);
    }

    @Test
    void aSpecificationThatIsRefusedLeavesItsKeyFree() {
        assertThatThrownBy(() -> experiments.submit(
                        StrictJson.read(
                                "{\"dataset\":\"phantoms\",\"batchSize\":64}".getBytes(StandardCharsets.UTF_8),
                                ExperimentSpec.class),
                        "key-1"))
                .hasMessageContaining("batchSize");

        assertThat(experiments.submit(draft(3), "key-1").isNew()).isTrue();
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

    @Test
    void aRunThatDoesNotFitATrainerIsRefusedWithTheLargestBatchThatDoesAndNothingIsSent() {
        ExperimentSpec eight = StrictJson.read(
                "{\"dataset\":\"phantoms\",\"batchSize\":8,\"network\":\"resnet20\"}".getBytes(StandardCharsets.UTF_8),
                ExperimentSpec.class);
        DatasetReader reader = new DatasetReader(store, 0);
        DatasetManifest data =
                reader.manifest(new Datasets(store).find("phantoms").orElseThrow());
        Experiments onSmallTrainers = new Experiments(
                views,
                new Datasets(store),
                reader,
                new InitialWeightsCheck(store, new WeightsLimit(1 << 24)),
                RunMemory.bytes(eight.resolvedFor(data), data) - 1,
                model.keys,
                sent::add,
                Clock.systemUTC());

        assertThatThrownBy(() -> onSmallTrainers.submit(eight, null))
                .isInstanceOf(InvalidFieldException.class)
                .hasMessageStartingWith(
                        "batchSize must be at most 7 with network resnet20, method rtda (views of an image: 3) and"
                                + " images of 1 x 8 x 8, since a trainer has ")
                .hasMessageEndingWith("MiB");
        assertThat(sent).isEmpty();
    }

    @Test
    void aDataSetIsNotRemovedUnderASubmission() {
        Datasets datasets = new Datasets(store);
        List<String> refusals = new ArrayList<>();
        Experiments submitting = submittingTo(datasets, command -> {
            try {
                datasets.delete("phantoms", List::of);
            } catch (DatasetBusyException e) {
                refusals.add(e.getMessage());
            }
        });

        assertThat(submitting.submit(draft(3), null).isNew()).isTrue();
        assertThat(refusals)
                .containsExactly("data set phantoms is in use: an experiment is being submitted or evaluated with it;"
                        + " try again when that has ended");
        assertThat(datasets.find("phantoms")).isPresent();
    }

    @Test
    void anExperimentWhoseDataSetAnotherGatewayRemovesMeanwhileIsCancelled() {
        Experiments submitting = submittingTo(new Datasets(store), command -> {
            sent.add(command);
            // the other gateway has not seen the command yet
            new Datasets(store).delete("phantoms", List::of);
        });

        ProblemException refused =
                catchThrowableOfType(ProblemException.class, () -> submitting.submit(draft(3), "key-1"));

        assertThat(refused.status()).isEqualTo(409);
        String id = sent.get(0).experimentId();
        assertThat(refused)
                .hasMessageStartingWith("data set phantoms was removed while experiment " + id
                        + " was submitted with it: the experiment is cancelled.");
        assertThat(sent).hasSize(2);
        assertThat(sent.get(1)).isInstanceOf(ExperimentCommand.Cancel.class);
        assertThat(sent.get(1).experimentId()).isEqualTo(id);
    }

    private Experiments submittingTo(Datasets datasets, CommandSender sender) {
        return new Experiments(
                views,
                datasets,
                new DatasetReader(store, 0),
                new InitialWeightsCheck(store, new WeightsLimit(1 << 24)),
                Long.MAX_VALUE,
                model.keys,
                sender,
                Clock.fixed(ViewEvents.TIME, ZoneOffset.UTC));
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
                .hasMessageContaining("POST /api/v1/weights brings it")
                .hasMessageEndingWith("was weights/mine.safetensors");
    }

    /** Read whole, they would take the gateway's memory. */
    @Test
    void initialWeightsThatAreTooLargeAreRefusedUnread() {
        ObjectRef gone = new ObjectRef("weights/large.safetensors", "00", (1 << 24) + 1);

        assertThatThrownBy(() -> experiments.submit(beginningWith("resnet8", gone), null))
                .isInstanceOf(InvalidFieldException.class)
                .hasMessageStartingWith("initialWeights must be at most 16777216 bytes")
                .hasMessageEndingWith("was 16777217 bytes");
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
                new InitialWeightsCheck(store, new WeightsLimit(1 << 24)),
                Long.MAX_VALUE,
                model.keys,
                command -> {
                    throw ProblemException.unavailable("broker gone", null);
                },
                Clock.systemUTC());
        assertThatThrownBy(() -> broken.submit(draft(3), "key-1")).hasMessage("broker gone");
        assertThat(model.documents()).isEmpty();
        assertThat(experiments.submit(draft(3), "key-1").isNew()).isTrue();
    }

    private Unfinished cancelled(String id) {
        return experiments.cancel(id).ends();
    }

    private String refusal(String id) {
        ProblemException e = catchThrowableOfType(ProblemException.class, () -> experiments.cancel(id));
        assertThat(e.status()).isEqualTo(409);
        return e.getMessage();
    }

    private ViewEvents submitted() {
        ViewEvents events = new ViewEvents("exp-1");
        model.apply(events.submit());
        return events;
    }

    @Test
    void cancellingWhatWaitsEndsItsPlaceInTheQueueAndIsSentOnce() {
        String id = experiments.submit(draft(3), null).id();

        assertThat(experiments.cancel(id))
                .isEqualTo(new Experiments.Cancelled(new Unfinished(Unfinished.Run.QUEUED, List.of()), true));
        assertThat(experiments.cancel(id))
                .isEqualTo(new Experiments.Cancelled(new Unfinished(Unfinished.Run.QUEUED, List.of()), false));
        assertThat(sent).hasSize(2);
        assertThat(sent.get(1).id()).isEqualTo(id + "/cancel");
        assertThat(cancelled(id).inWords()).isEqualTo("queued");
    }

    @Test
    void cancellingATrainingEndsTheEvaluationsThatAreUnderWayToo() {
        ViewEvents events = submitted();
        model.apply(events.status(1, State.RUNNING, 20));
        model.apply(events.planned(1, false, ViewEvents.CLEAN));
        model.apply(events.completed(1, false, 1, 0));
        model.apply(events.planned(2, false, ViewEvents.CLEAN));

        assertThat(cancelled("exp-1"))
                .isEqualTo(new Unfinished(Unfinished.Run.TRAINING, List.of(events.evaluation(2))));
        assertThat(((ExperimentCommand.Cancel) sent.get(0)).evaluations()).containsExactly(events.evaluation(2));
        assertThat(cancelled("exp-1").inWords()).isEqualTo("training; evaluations: " + events.evaluation(2));
    }

    @Test
    void cancellingAfterTrainingEndsItsEvaluationAlsoBeforeItsPlanHasCome() {
        ViewEvents events = submitted();
        model.apply(events.status(1, State.TRAINED, 100));
        model.apply(events.checkpoint(1, 10, true, ViewEvents.OBJECT));

        assertThat(cancelled("exp-1")).isEqualTo(new Unfinished(null, List.of("exp-1/epoch-00010")));
        model.apply(events.planned(10, true, ViewEvents.CLEAN));
        assertThat(views.read("exp-1", Unfinished::cancelling))
                .as("planned since, and cancelled all the same")
                .contains(new Unfinished(null, List.of("exp-1/epoch-00010")));
        model.apply(events.cancelled(10, true, ViewEvents.CLEAN));
        model.apply(events.completed(10, true, 0, 1));
        assertThat(views.read(
                        "exp-1", view -> view.finalEvaluation().orElseThrow().progress()))
                .contains(new EvaluationView.Progress(1, 0, 1, 1, true));
        assertThat(refusal("exp-1"))
                .isEqualTo("experiment exp-1 has ended (trained and evaluated), nothing is left to cancel");
    }

    @Test
    void whatWasAskedForAfterItWasCancelledCanBeCancelledAgain() {
        ViewEvents events = submitted();
        model.apply(ViewEvents.madeFrom(
                new Datasets(store).find("phantoms").orElseThrow(), events.checkpoint(1, 2, false, ViewEvents.OBJECT)));
        experiments.cancel("exp-1");
        model.apply(events.status(1, State.CANCELLED, 20));
        assertThat(refusal("exp-1"))
                .isEqualTo("experiment exp-1 has ended (cancelled after 20 of 100 steps), nothing is left to cancel");

        Evaluations evaluations = new Evaluations(
                views,
                store,
                new Datasets(store),
                new DatasetReader(store, 0),
                model.keys,
                model::apply,
                command -> {},
                Clock.fixed(ViewEvents.TIME, ZoneOffset.UTC));
        evaluations.ask("exp-1", EvaluationRequest.builder().suite("full").build());
        assertThat(views.read("exp-1", Unfinished::cancelling))
                .as("the earlier command does not reach it")
                .contains(new Unfinished(null, List.of()));
        assertThat(cancelled("exp-1")).isEqualTo(new Unfinished(null, List.of("exp-1/epoch-00002/full")));
        assertThat(sent).hasSize(2);
        assertThat(sent.get(0).id()).isNotEqualTo(sent.get(1).id());
    }

    @Test
    void whatHasWhollyEndedOrIsNotThereIsRefused() {
        ViewEvents events = submitted();
        model.apply(events.status(1, State.FAILED, 5));
        assertThat(refusal("exp-1"))
                .isEqualTo(
                        "experiment exp-1 has ended (failed: object some/key is missing), nothing is left to cancel");
        assertThat(sent).isEmpty();
        ProblemException none = catchThrowableOfType(ProblemException.class, () -> experiments.cancel("exp-none"));
        assertThat(none.status()).isEqualTo(404);
    }
}
