package org.rtda.gateway.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rtda.contracts.CheckpointSaved;
import org.rtda.contracts.EvaluationCommand;
import org.rtda.contracts.EventCodec;
import org.rtda.contracts.ExperimentCommand;
import org.rtda.contracts.ExperimentStatus.State;
import org.rtda.contracts.ObjectKeys;
import org.rtda.contracts.RobustnessMetric;
import org.rtda.contracts.check.InvalidFieldException;
import org.rtda.contracts.dataset.DatasetRef;
import org.rtda.contracts.settings.SourceModel;
import org.rtda.gateway.TestImages;
import org.rtda.gateway.database.ExperimentViews;
import org.rtda.gateway.database.TestReadModel;
import org.rtda.gateway.problem.ProblemException;
import org.rtda.gateway.view.ViewEvents;
import org.rtda.store.DatasetBusyException;
import org.rtda.store.DatasetDescription;
import org.rtda.store.DatasetImporter;
import org.rtda.store.DatasetReader;
import org.rtda.store.Datasets;
import org.rtda.store.InMemoryArtifactStore;
import org.rtda.store.npz.NpzDataset;

class EvaluationsTest {
    @TempDir
    Path folder;

    private final InMemoryArtifactStore store = new InMemoryArtifactStore();
    private final TestReadModel model = new TestReadModel();
    private final ExperimentViews views = model.views;
    private final List<EvaluationCommand> sent = new ArrayList<>();
    private final Datasets datasets = new Datasets(store);
    private final List<ExperimentCommand> cancels = new ArrayList<>();
    private final Evaluations evaluations = asking(this::send);

    private Evaluations asking(EvaluationSender sender) {
        return new Evaluations(
                views,
                store,
                datasets,
                new DatasetReader(store, 0),
                model.keys,
                sender,
                cancels::add,
                Clock.fixed(ViewEvents.TIME, ZoneOffset.UTC));
    }

    private void send(EvaluationCommand command) {
        sent.add(command);
        model.apply(command);
    }

    @BeforeEach
    void trainTwoModels() throws IOException {
        TestImages.importInto(store, "phantoms", folder);
        trained("exp-1", "phantoms");
        trained("exp-2", "phantoms");
    }

    private CheckpointSaved trained(String id, String dataset) {
        ViewEvents events = new ViewEvents(id);
        model.apply(events.submit());
        CheckpointSaved checkpoint = checkpoint(events, dataset, 10, true);
        model.apply(checkpoint);
        return checkpoint;
    }

    private CheckpointSaved checkpoint(ViewEvents events, String dataset, int epoch, boolean last) {
        DatasetRef ref = datasets.find(dataset).orElseThrow();
        return ViewEvents.madeFrom(ref, events.checkpoint(1, epoch, last, ViewEvents.OBJECT));
    }

    private static EvaluationRequest suite(String suite) {
        return EvaluationRequest.builder().suite(suite).build();
    }

    private static EvaluationRequest transfer(String... sources) {
        return EvaluationRequest.builder().transferFrom(List.of(sources)).build();
    }

    @Test
    void theNewestCheckpointIsJudgedInFullUnlessSomethingElseIsSaid() {
        Evaluations.Asked asked = evaluations.ask("exp-1", suite(null));

        assertThat(asked).isEqualTo(new Evaluations.Asked("exp-1/epoch-00010/full", true));
        EvaluationCommand command = sent.get(0);
        assertThat(command.suite()).isEqualTo("full");
        assertThat(command.name()).isEqualTo("full");
        assertThat(command.checkpoint().epoch()).isEqualTo(10);
        assertThat(views.read(
                        "exp-1", v -> v.evaluationNamed("full").orElseThrow().suite()))
                .contains("full");
    }

    @Test
    void askingAgainIsAnsweredAlikeAndSentOnce() {
        evaluations.ask("exp-1", suite("full"));

        assertThat(evaluations.ask("exp-1", suite("full")))
                .isEqualTo(new Evaluations.Asked("exp-1/epoch-00010/full", false));
        assertThat(sent).hasSize(1);
    }

    @Test
    void aNameThatIsTakenByAnotherEvaluationIsAConflict() {
        evaluations.ask(
                "exp-1", EvaluationRequest.builder().suite("full").name("mine").build());

        ProblemException e = catchThrowableOfType(
                ProblemException.class,
                () -> evaluations.ask(
                        "exp-1",
                        EvaluationRequest.builder()
                                .suite("standard")
                                .name("mine")
                                .build()));
        assertThat(e.status()).isEqualTo(409);
        assertThat(e).hasMessageContaining("suite full").hasMessageContaining("a name of its own");
        assertThat(sent).hasSize(1);
    }

    /** The images are 1 x 8 x 8: two of them are at most sqrt(64) apart. */
    @Test
    void aTransferRadiusBeyondTheFarthestImageIsRefused() {
        assertThatThrownBy(() -> evaluations.ask(
                        "exp-1",
                        EvaluationRequest.builder()
                                .transferFrom(List.of("exp-2"))
                                .epsilon(9.0)
                                .build()))
                .hasMessage("epsilon must be in [0, 8], was 9.0");
        assertThat(sent).isEmpty();

        evaluations.ask(
                "exp-1",
                EvaluationRequest.builder()
                        .transferFrom(List.of("exp-2"))
                        .epsilon(8.0)
                        .build());

        assertThat(sent).hasSize(1);
    }

    @Test
    void anEarlierCheckpointIsReadFromTheStore() {
        CheckpointSaved third = checkpoint(new ViewEvents("exp-1"), "phantoms", 3, false);
        store.put(ObjectKeys.checkpoint("exp-1", 3, 1, ObjectKeys.CHECKPOINT), EventCodec.write(third));

        assertThat(evaluations
                        .ask("exp-1", EvaluationRequest.builder().epoch(3).build())
                        .evaluationId())
                .isEqualTo("exp-1/epoch-00003/full");
        assertThat(sent.get(0).checkpoint()).isEqualTo(third);
        ProblemException e = catchThrowableOfType(
                ProblemException.class,
                () -> evaluations.ask(
                        "exp-1", EvaluationRequest.builder().epoch(4).build()));
        assertThat(e.status()).isEqualTo(404);
        assertThat(e).hasMessage("experiment exp-1 has no checkpoint of epoch 4; its newest is of epoch 10");
        assertThatThrownBy(() -> evaluations.ask(
                        "exp-1", EvaluationRequest.builder().epoch(11).build()))
                .hasMessage("epoch must be in [1, 10], was 11");
    }

    @Test
    void imagesOfAnotherModelOnTheSameDataAreTried() {
        Evaluations.Asked asked = evaluations.ask("exp-1", transfer("exp-2"));

        assertThat(asked.evaluationId()).isEqualTo("exp-1/epoch-00010/transfer");
        assertThat(sent.get(0).suite()).isNull();
        assertThat(sent.get(0).transferFrom())
                .containsExactly(new SourceModel(
                        "exp-2",
                        "resnet20",
                        new ViewEvents("exp-2")
                                .checkpoint(1, 10, true, ViewEvents.OBJECT)
                                .weights(),
                        ViewEvents.spec().trainedNormalization()));
    }

    @Test
    void aSourceThatDoesNotFitIsRefusedWithTheReason() throws IOException {
        TestImages.importInto(store, "others", folder);
        trained("exp-others", "others");
        new DatasetImporter(store)
                .importFrom(
                        "phantoms",
                        NpzDataset.of(TestImages.npz(folder.resolve("named.npz"), 0)),
                        DatasetDescription.of("made for tests", "CC0").withClasses(List.of("healthy", "ill")));
        trained("exp-renamed", "phantoms");
        model.apply(new ViewEvents("exp-young").submit());

        refused("exp-others", "others, 1 x 8 x 8, 2 classes [0, 1]");
        refused("exp-renamed", "phantoms, 1 x 8 x 8, 2 classes [healthy, ill]");
        refused("exp-young", "have a checkpoint");
        refused("exp-none", "GET /api/v1/experiments");
        refused("exp-1", "another experiment");
        assertThatThrownBy(() -> evaluations.ask("exp-1", transfer("exp-2", "exp-2")))
                .hasMessageContaining("each experiment once");
        assertThatThrownBy(() -> evaluations.ask("exp-1", transfer()))
                .isInstanceOf(InvalidFieldException.class)
                .hasMessageContaining("transferFrom");
        assertThat(sent).isEmpty();
    }

    private void refused(String source, String reason) {
        ProblemException e =
                catchThrowableOfType(ProblemException.class, () -> evaluations.ask("exp-1", transfer(source)));
        assertThat(e.status()).isEqualTo(400);
        assertThat(e.problem().field()).isEqualTo("transferFrom");
        assertThat(e).hasMessageContaining(reason).hasMessageContaining(source);
    }

    @Test
    void whatIsNotThereOrNotKnownIsRefused() {
        model.apply(new ViewEvents("exp-young").submit());
        assertThat(statusOf("exp-none", suite("full"))).isEqualTo(404);
        assertThat(statusOf("exp-young", suite("full"))).isEqualTo(404);
        assertThatThrownBy(() -> evaluations.ask("exp-1", suite("fullest")))
                .hasMessage("suite must be one of [quick, standard, full], was fullest");
        assertThat(statusOf(
                        "exp-1",
                        EvaluationRequest.builder()
                                .suite("full")
                                .transferFrom(List.of("exp-2"))
                                .build()))
                .isEqualTo(400);
        assertThat(statusOf(
                        "exp-1",
                        EvaluationRequest.builder().suite("full").epsilon(0.5).build()))
                .isEqualTo(400);
        assertThatThrownBy(() -> evaluations.ask(
                        "exp-1", EvaluationRequest.builder().name("A/B").build()))
                .isInstanceOf(InvalidFieldException.class)
                .hasMessageStartingWith("name must be");
        assertThat(sent).isEmpty();
    }

    @Test
    void aCancelledExperimentCanBeEvaluatedAndWhatWasCancelledKeepsItsName() {
        model.apply(new ViewEvents("exp-1").cancel());
        assertThat(evaluations.ask("exp-1", suite("full")))
                .isEqualTo(new Evaluations.Asked("exp-1/epoch-00010/full", true));

        model.apply(new ViewEvents("exp-1").cancel("exp-1/epoch-00010/full"));
        assertThat(evaluations.ask("exp-1", suite("full")))
                .isEqualTo(new Evaluations.Asked("exp-1/epoch-00010/full-2", true));
        assertThat(evaluations.ask("exp-1", suite("full")))
                .as("asked again")
                .isEqualTo(new Evaluations.Asked("exp-1/epoch-00010/full-2", false));
        ProblemException e = catchThrowableOfType(
                ProblemException.class,
                () -> evaluations.ask(
                        "exp-1",
                        EvaluationRequest.builder().suite("full").name("full").build()));
        assertThat(e.status()).isEqualTo(409);
        assertThat(e).hasMessage("evaluation exp-1/epoch-00010/full was cancelled: give this one a name of its own");
    }

    @Test
    void anEvaluationThatWasCompleteWhenItWasCancelledKeepsItsFiguresAndItsName() {
        evaluations.ask("exp-1", suite("full"));
        model.apply(new ViewEvents("exp-1").cancel("exp-1/epoch-00010/full"));
        model.apply(RobustnessMetric.Completed.builder()
                .id("c")
                .time(ViewEvents.TIME)
                .experimentId("exp-1")
                .evaluationId("exp-1/epoch-00010/full")
                .epoch(10)
                .last(true)
                .measured(3)
                .failed(0)
                .build());

        assertThat(evaluations.ask("exp-1", suite("full")))
                .isEqualTo(new Evaluations.Asked("exp-1/epoch-00010/full", false));
    }

    private int statusOf(String id, EvaluationRequest request) {
        return catchThrowableOfType(ProblemException.class, () -> evaluations.ask(id, request))
                .status();
    }

    @Test
    void whatHasEndedWithoutAnyFigureIsAskedForAnew() {
        ViewEvents events = new ViewEvents("exp-1");
        String asked = evaluations.ask("exp-1", suite("full")).evaluationId();
        model.apply(events.failedOf(asked, 10, ViewEvents.CLEAN));
        model.apply(events.completedOf(asked, 10, 0, 1));

        assertThat(evaluations.ask("exp-1", suite("full")))
                .isEqualTo(new Evaluations.Asked("exp-1/epoch-00010/full-2", true));
        assertThatThrownBy(() -> evaluations.ask("exp-1", named("full", "full")))
                .as("nothing would run under this name")
                .isInstanceOfSatisfying(ProblemException.class, refused -> assertThat(refused.status())
                        .isEqualTo(409))
                .hasMessage("evaluation exp-1/epoch-00010/full has failed: give this one a name of its own");
    }

    @Test
    void anotherGatewayGivesTheSameAnswersWhileTheReadModelShowsNothingYet() {
        evaluationsOfAGatewayThatLags().ask("exp-1", named("mine", "full"));
        Evaluations other = evaluationsOfAGatewayThatLags();

        assertThat(other.ask("exp-1", named("mine", "full")).evaluationId()).isEqualTo("exp-1/epoch-00010/mine");
        assertThatThrownBy(() -> other.ask("exp-1", named("mine", "standard")))
                .isInstanceOfSatisfying(
                        ProblemException.class, e -> assertThat(e.status()).isEqualTo(409))
                .hasMessage(
                        "evaluation exp-1/epoch-00010/mine was asked for something else: give this one a name of its own");
    }

    private Evaluations evaluationsOfAGatewayThatLags() {
        return asking(command -> {});
    }

    private static EvaluationRequest named(String name, String suite) {
        return EvaluationRequest.builder().name(name).suite(suite).build();
    }

    @Test
    void whatTheBrokerDidNotTakeWasNotAskedFor() {
        Evaluations broken = asking(command -> {
            throw ProblemException.unavailable("broker gone", null);
        });

        assertThatThrownBy(() -> broken.ask("exp-1", suite("full"))).hasMessage("broker gone");
        assertThat(evaluations.ask("exp-1", suite("full")).isNew()).isTrue();
    }

    @Test
    void aDataSetIsNotRemovedWhileAnEvaluationOnItIsRequestedAndNotEvaluatedOnWhileItIsRemoved() {
        asking(command -> {
                    assertThatThrownBy(() -> datasets.delete("phantoms", List::of))
                            .isInstanceOf(DatasetBusyException.class)
                            .hasMessageContaining("evaluated");
                    send(command);
                })
                .ask("exp-1", suite("full"));
        assertThat(sent).hasSize(1);

        datasets.delete("phantoms", () -> {
            assertThatThrownBy(() -> evaluations.ask("exp-2", suite("full"))).isInstanceOf(DatasetBusyException.class);
            return List.of();
        });
        assertThat(sent).hasSize(1);
    }

    @Test
    void anEvaluationThatAnotherGatewaysRemovalDidNotSeeIsCancelledAndRefused() {
        ended("exp-1");
        Evaluations late = asking(command -> {
            // the other gateway looked for evaluations just before
            new Datasets(store).delete("phantoms", List::of);
            send(command);
        });

        ProblemException refused = catchThrowableOfType(ProblemException.class, () -> late.ask("exp-1", suite("full")));

        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused)
                .hasMessage("data set phantoms was removed while evaluation exp-1/epoch-00010/full was requested: the"
                        + " evaluation is cancelled");
        assertThat(cancels).singleElement().isInstanceOfSatisfying(ExperimentCommand.Cancel.class, cancel -> {
            assertThat(cancel.experimentId()).isEqualTo("exp-1");
            assertThat(cancel.evaluations()).containsExactly("exp-1/epoch-00010/full");
        });
    }

    @Test
    void theRunOfAnExperimentIsNotCancelledForARemovalThatWillBeRefused() {
        Evaluations late = asking(command -> {
            store.delete(ObjectKeys.manifest("phantoms"));
            send(command);
        });

        // exp-1 is still queued, so whoever removes its data set puts the manifest back
        assertThat(late.ask("exp-1", suite("full")).isNew()).isTrue();
        assertThat(cancels).isEmpty();
    }

    @Test
    void anExperimentIsNotEvaluatedWithoutTheImportThatItWasMadeFrom() throws IOException {
        ended("exp-1");
        datasets.delete("phantoms", List::of);
        assertThat(statusOf("exp-1", suite("full"))).isEqualTo(409);

        TestImages.importInto(store, "phantoms", folder, 50);
        assertThatThrownBy(() -> evaluations.ask("exp-1", suite("full")))
                .hasMessage("data set phantoms is no longer there as experiment exp-1 was made from it: the experiment"
                        + " cannot be evaluated again");
        assertThat(sent).isEmpty();
    }

    private void ended(String id) {
        model.apply(new ViewEvents(id).status(1, State.TRAINED, 100));
    }
}
