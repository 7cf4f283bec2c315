package org.rtda.gateway.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.rtda.contracts.CheckpointSaved;
import org.rtda.contracts.EvaluationCommand;
import org.rtda.contracts.ExperimentCommand;
import org.rtda.contracts.ExperimentSpec;
import org.rtda.contracts.ExperimentStatus.State;
import org.rtda.contracts.check.Event;
import org.rtda.contracts.dataset.DatasetRef;
import org.rtda.contracts.dataset.ObjectRef;
import org.rtda.contracts.settings.SourceModel;
import org.rtda.gateway.database.ReadModel;
import org.rtda.gateway.database.TestReadModel;
import org.rtda.gateway.problem.ProblemException;
import org.rtda.gateway.view.ViewEvents;
import org.rtda.store.InMemoryArtifactStore;

class DeleteExperimentTest {
    private final InMemoryArtifactStore store = new InMemoryArtifactStore();
    private final TestReadModel model = new TestReadModel();
    private final List<Event> published = new ArrayList<>();
    private final ViewEvents events = new ViewEvents("exp-1");
    private boolean caughtUp = true;
    private final DeleteExperiment deletion = new DeleteExperiment(
            model.views, store, () -> caughtUp, this::publish, Clock.fixed(ViewEvents.TIME, ZoneOffset.UTC));

    private void publish(Event event) {
        published.add(event);
        model.apply(event);
    }

    @BeforeEach
    void aTrainedAndEvaluatedExperiment() {
        publish(events.submit());
        publish(events.status(1, State.RUNNING, 10));
        publish(events.training(1, 10));
        publish(events.checkpoint(1, 10, true, ViewEvents.OBJECT));
        publish(events.status(1, State.TRAINED, 100));
        publish(events.planned(10, true, ViewEvents.CLEAN));
        publish(events.measured(10, true, ViewEvents.CLEAN, 0.9));
        publish(events.completed(10, true, 1, 0));
        store.put("experiments/exp-1/checkpoints/epoch-00010/checkpoint.json", new byte[] {1});
        store.put("experiments/exp-1/evaluations/epoch-00010/clean.json", new byte[] {2});
        store.put("transient/exp-1/1/weights-10.safetensors", new byte[] {3});
        store.put("experiments/exp-10/checkpoints/epoch-00010/checkpoint.json", new byte[] {4});
    }

    private void refused(String id, int status, String message) {
        assertThatThrownBy(() -> deletion.delete(id))
                .isInstanceOfSatisfying(
                        ProblemException.class, e -> assertThat(e.status()).isEqualTo(status))
                .hasMessage(message);
    }

    @Test
    void itsRowsAndObjectsGoAndAnothersStay() {
        publish(new ViewEvents("exp-10").submit());

        assertThat(deletion.delete("exp-1")).isEqualTo(3);

        assertThat(model.views.document("exp-1")).isEmpty();
        assertThat(model.documents()).extracting(document -> document.id()).containsExactly("exp-10");
        assertThat(store.list("")).containsExactly("experiments/exp-10/checkpoints/epoch-00010/checkpoint.json");
        refused("exp-1", 404, "there is no experiment exp-1");
    }

    @Test
    void whatComesLaterChangesNothing() {
        deletion.delete("exp-1");

        assertThat(model.apply(events.training(1, 11))).isFalse();
        assertThat(model.apply(events.submit())).isFalse();
        assertThat(model.views.document("exp-1")).isEmpty();
    }

    @Test
    void staysDeletedWhenTheReadModelIsBuiltAnewAlsoInOneBatch() {
        deletion.delete("exp-1");
        new ReadModel(model.database).forget();
        published.forEach(model::apply);
        assertThat(model.views.isDeleted("exp-1")).isTrue();
        assertThat(model.documents()).isEmpty();

        new ReadModel(model.database).forget();
        TestReadModel other = new TestReadModel(model.database);
        other.applyAll(published);
        assertThat(other.documents()).isEmpty();
    }

    @Test
    void ofOtherTopicsMessagesMayComeFirst() {
        deletion.delete("exp-1");
        new ReadModel(model.database).forget();
        TestReadModel other = new TestReadModel(model.database);
        List<Event> commandsLast = new ArrayList<>(published);
        commandsLast.removeIf(ExperimentCommand.class::isInstance);
        published.stream().filter(ExperimentCommand.class::isInstance).forEach(commandsLast::add);

        commandsLast.forEach(other::apply);

        assertThat(other.documents()).isEmpty();
    }

    @Test
    void whatHasNotEndedIsRefusedWithWhatIsOpen() {
        publish(new ViewEvents("exp-2").submit());
        refused("exp-2", 409, "experiment exp-2 has not ended (queued): cancel it or wait for it");
        publish(events.asked("full", events.checkpoint(1, 10, true, ViewEvents.OBJECT)));
        refused(
                "exp-1",
                409,
                "experiment exp-1 has not ended (evaluations: exp-1/epoch-00010/full): cancel it or wait for it");
        refused("exp-none", 404, "there is no experiment exp-none");
    }

    @Test
    void theStartOfAnotherExperimentStays() {
        ObjectRef weights =
                new ObjectRef("experiments/exp-1/checkpoints/epoch-00010/attempt-1/weights.safetensors", "ab", 12);
        publish(new ExperimentCommand.Submit(
                "exp-2/submit",
                ViewEvents.TIME,
                1,
                "exp-2",
                ExperimentSpec.builder()
                        .dataset("phantoms")
                        .initialWeights(weights)
                        .build(),
                new DatasetRef("phantoms", ViewEvents.OBJECT)));

        refused(
                "exp-1",
                409,
                "experiment exp-1 is the start of exp-2: without it nobody can tell where they come from; delete them"
                        + " first");
    }

    @Test
    void theSourceOfAnOpenTransferStays() {
        ViewEvents judged = new ViewEvents("exp-2");
        publish(judged.submit());
        CheckpointSaved checkpoint = judged.checkpoint(1, 10, true, ViewEvents.OBJECT);
        publish(EvaluationCommand.builder()
                .id("t")
                .time(ViewEvents.TIME)
                .experimentId("exp-2")
                .name("transfer")
                .checkpoint(checkpoint)
                .transferFrom(List.of(new SourceModel(
                        "exp-1",
                        "resnet8",
                        events.checkpoint(1, 10, true, ViewEvents.OBJECT).weights(),
                        null)))
                .build());

        refused(
                "exp-1",
                409,
                "experiment exp-1 is the source of evaluations that have not ended: exp-2/epoch-00010/transfer; cancel"
                        + " them or wait for them");

        publish(judged.failedOf("exp-2/epoch-00010/transfer", 10, ViewEvents.CLEAN));
        publish(judged.completedOf("exp-2/epoch-00010/transfer", 10, 0, 1));
        assertThat(deletion.delete("exp-1")).isEqualTo(3);
    }

    @Test
    void whatTheStoreKeptIsRemovedByTheNextCall() {
        deletion.delete("exp-1");
        store.put("experiments/exp-1/left.json", new byte[] {1});

        assertThat(deletion.delete("exp-1")).isEqualTo(1);
        assertThat(published)
                .filteredOn(ExperimentCommand.Delete.class::isInstance)
                .hasSize(1);
    }

    @Test
    void nothingIsDeletedWhileItIsNotKnownWhoNeedsIt() {
        caughtUp = false;

        refused(
                "exp-1",
                503,
                "experiment exp-1 is not deleted: the gateway is still reading which experiments need it; try again in a"
                        + " moment");
        assertThat(model.views.document("exp-1")).isPresent();
    }

    /** While the topics are read, an experiment that is there may not be known yet. */
    @Test
    void whatIsNotKnownYetIsNoUnknownExperiment() {
        caughtUp = false;

        refused(
                "exp-later",
                503,
                "experiment exp-later is not deleted: the gateway is still reading which experiments need it; try again in"
                        + " a moment");
    }

    @Test
    void aReadModelThatIsBuiltAnewKnowsWhatWasDeletedFromTheFirstMoment() {
        deletion.delete("exp-1");

        new ReadModel(model.database).forget();

        assertThat(model.views.isDeleted("exp-1")).isTrue();
        assertThat(model.apply(events.submit())).isFalse();
    }
}
