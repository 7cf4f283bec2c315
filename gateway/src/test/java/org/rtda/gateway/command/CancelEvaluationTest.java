package org.rtda.gateway.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.rtda.contracts.ExperimentCommand;
import org.rtda.contracts.ExperimentStatus;
import org.rtda.gateway.database.TestReadModel;
import org.rtda.gateway.problem.ProblemException;
import org.rtda.gateway.view.EvaluationDocument;
import org.rtda.gateway.view.EvaluationDocument.State;
import org.rtda.gateway.view.ExperimentView;
import org.rtda.gateway.view.QueuePlace;
import org.rtda.gateway.view.Unfinished;
import org.rtda.gateway.view.ViewEvents;

class CancelEvaluationTest {
    private final TestReadModel model = new TestReadModel();
    private final List<ExperimentCommand> sent = new ArrayList<>();
    private final CancelEvaluation cancel =
            new CancelEvaluation(model.views, this::send, Clock.fixed(ViewEvents.TIME, ZoneOffset.UTC));
    private final ViewEvents events = new ViewEvents("exp-1");

    private void send(ExperimentCommand command) {
        sent.add(command);
        model.apply(command);
    }

    @BeforeEach
    void aTrainingWithTwoEvaluations() {
        model.apply(events.submit());
        model.apply(events.status(1, ExperimentStatus.State.RUNNING, 10));
        model.apply(events.planned(5, false, ViewEvents.CLEAN, ViewEvents.NOISE));
        model.apply(events.asked("full", events.checkpoint(1, 5, false, ViewEvents.OBJECT)));
    }

    private State state(String id) {
        return document(id).state();
    }

    private EvaluationDocument document(String id) {
        return model.views.evaluations("exp-1").stream()
                .filter(document -> document.id().equals(id))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void endsTheNamedOneAndNothingElse() {
        assertThat(cancel.cancel("exp-1", "full")).isEqualTo("exp-1/epoch-00005/full");

        assertThat(state("exp-1/epoch-00005/full")).isEqualTo(State.CANCELLING);
        assertThat(state("exp-1/epoch-00005")).isEqualTo(State.WAITING);
        assertThat(model.views.read("exp-1", ExperimentView::isCancelRequested)).contains(false);
        assertThat(((ExperimentCommand.CancelEvaluations) sent.get(0)).evaluations())
                .containsExactly("exp-1/epoch-00005/full");
    }

    @Test
    void endsOneOfTheExperimentsOwnByItsEpoch() {
        assertThat(cancel.cancel("exp-1", "epoch-00005")).isEqualTo("exp-1/epoch-00005");

        assertThat(state("exp-1/epoch-00005")).isEqualTo(State.CANCELLING);
        assertThat(state("exp-1/epoch-00005/full")).isEqualTo(State.WAITING);
    }

    /** A name is unique at one checkpoint only: alone it means the last epoch's. */
    @Test
    void endsThatOfAnEarlierEpochByEpochAndName() {
        model.apply(events.asked("full", events.checkpoint(1, 9, false, ViewEvents.OBJECT)));

        assertThat(cancel.cancel("exp-1", "epoch-00005/full")).isEqualTo("exp-1/epoch-00005/full");

        assertThat(state("exp-1/epoch-00005/full")).isEqualTo(State.CANCELLING);
        assertThat(state("exp-1/epoch-00009/full")).isEqualTo(State.WAITING);
        assertThat(cancel.cancel("exp-1", "full")).isEqualTo("exp-1/epoch-00009/full");
    }

    @Test
    void theFinalOneCanBeCancelledBeforeItsPlanHasCome() {
        model.apply(events.checkpoint(1, 10, true, ViewEvents.OBJECT));
        assertThat(document("exp-1/epoch-00010").state()).isEqualTo(State.WAITING);
        assertThat(document("exp-1/epoch-00010").suite()).isNull();
        // after that of epoch 5
        assertThat(document("exp-1/epoch-00010").queue()).isEqualTo(new QueuePlace(2, 2));

        assertThat(cancel.cancel("exp-1", "epoch-00010")).isEqualTo("exp-1/epoch-00010");

        assertThat(state("exp-1/epoch-00010")).isEqualTo(State.CANCELLING);
        assertThat(model.views.read("exp-1", Unfinished::cancelling))
                .contains(new Unfinished(null, List.of("exp-1/epoch-00010")));
    }

    @Test
    void askingAgainSendsNothing() {
        cancel.cancel("exp-1", "full");

        assertThat(cancel.cancel("exp-1", "full")).isEqualTo("exp-1/epoch-00005/full");
        assertThat(sent).hasSize(1);
    }

    @Test
    void whatHasEndedIsRefusedWithHow() {
        model.apply(events.measured(5, false, ViewEvents.CLEAN, 0.9));
        assertThat(state("exp-1/epoch-00005")).isEqualTo(State.RUNNING);
        model.apply(events.completed(5, false, 1, 1));

        assertThatThrownBy(() -> cancel.cancel("exp-1", "epoch-00005"))
                .isInstanceOfSatisfying(
                        ProblemException.class, e -> assertThat(e.status()).isEqualTo(409))
                .hasMessage("evaluation exp-1/epoch-00005 has ended (completed), nothing is left to cancel");
    }

    @Test
    void anUnknownEvaluationIsRefusedWithThoseThatThereAre() {
        assertThatThrownBy(() -> cancel.cancel("exp-1", "fuller"))
                .isInstanceOfSatisfying(
                        ProblemException.class, e -> assertThat(e.status()).isEqualTo(404))
                .hasMessage("there is no evaluation fuller");
    }

    @Test
    void whatWaitsHasAPlaceAmongThoseOfItsKind() {
        ViewEvents others = new ViewEvents("exp-2");
        model.apply(others.submit());
        model.apply(others.asked("full", others.checkpoint(1, 5, false, ViewEvents.OBJECT)));

        assertThat(document("exp-1/epoch-00005").queue()).isEqualTo(new QueuePlace(1, 1));
        assertThat(document("exp-1/epoch-00005/full").queue()).isEqualTo(new QueuePlace(1, 2));
        assertThat(model.views.evaluations("exp-2").get(0).queue()).isEqualTo(new QueuePlace(2, 2));

        model.apply(events.failedOf("exp-1/epoch-00005/full", 5, ViewEvents.CLEAN));
        assertThat(document("exp-1/epoch-00005/full").queue()).isNull();
        assertThat(model.views.evaluations("exp-2").get(0).queue()).isEqualTo(new QueuePlace(1, 1));
    }
}
