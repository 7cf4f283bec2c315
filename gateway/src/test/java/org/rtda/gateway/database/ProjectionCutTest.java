package org.rtda.gateway.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.rtda.contracts.ExperimentStatus.State.RUNNING;
import static org.rtda.contracts.ExperimentStatus.State.TRAINED;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.rtda.contracts.check.Event;
import org.rtda.gateway.problem.ProblemException;
import org.rtda.gateway.view.ViewEvents;

/** The projection is cut between any two statements, as by {@code kill -9} or a lost connection, and begins again. */
class ProjectionCutTest {
    private static final String TOPIC = "experiments";
    private static final int BATCH = 8;
    private static final List<String> TABLES = List.of(
            "topic_positions",
            "experiments",
            "cancels",
            "statuses",
            "training_attempts",
            "training_metrics",
            "evaluation_messages",
            "open_evaluations",
            "evaluations",
            "dead_letters");

    private final ViewEvents events = new ViewEvents("exp-1");
    private final CutConnections cut = new CutConnections();

    private final List<Event> records = List.of(
            events.submit(),
            events.status(1, RUNNING, 1),
            events.training(1, 1),
            events.training(1, 2),
            events.training(1, 3),
            events.planned(10, true, ViewEvents.CLEAN),
            events.cancel(),
            new ViewEvents("exp-2").submit(),
            events.training(2, 2),
            events.training(1, 4),
            events.training(2, 3),
            events.status(2, TRAINED, 100),
            events.checkpoint(2, 10, true, ViewEvents.OBJECT),
            events.measured(10, true, ViewEvents.CLEAN, 0.9),
            events.completed(10, true, 1, 0),
            new ViewEvents("exp-2").training(1, 1));

    private Database empty() {
        Database database = TestReadModel.inMemory(cut::over);
        new TopicPositions(database).set(List.of(new TopicPosition(TOPIC, 0, "id", 0)));
        return database;
    }

    /** A process of its own: it knows what the database says, and goes on until the topic's end. */
    private void run(Database database) {
        Projection projection = new Projection(database, 1000, "gateway");
        long next = new TopicPositions(database).all().get(0).nextOffset();
        while (next < records.size()) {
            long from = next;
            next = Math.min(records.size(), from + BATCH);
            List<Reading> batch = new ArrayList<>();
            for (long offset = from; offset < next; offset++) {
                batch.add(new Reading.Happened(TOPIC + "/0/" + offset, records.get((int) offset)));
            }
            projection.project(batch, List.of(new PositionStep(TOPIC, 0, from, next)), refused -> {});
        }
    }

    private static TreeMap<String, List<String>> rows(Database database) {
        TreeMap<String, List<String>> rows = new TreeMap<>();
        for (String table : TABLES) {
            rows.put(
                    table,
                    database.read(handle -> handle.createQuery("select * from " + table).mapToMap().list().stream()
                            .map(row -> new TreeMap<>(row).toString())
                            .sorted()
                            .toList()));
        }
        return rows;
    }

    @Test
    void whereverItIsCutTheDatabaseIsInTheEndThatOfASinglePass() {
        Database single = empty();
        run(single);
        TreeMap<String, List<String>> wanted = rows(single);
        assertThat(wanted.get("training_metrics"))
                .as("of exp-1 steps 1 to 3, of exp-2 step 1")
                .hasSize(4);

        int cuts = 0;
        while (true) {
            Database database = empty();
            cut.cutBefore(cuts + 1);
            Throwable failure = catchThrowable(() -> run(database));
            cut.mend();
            if (failure == null) {
                break;
            }
            assertThat(failure).isInstanceOf(ProblemException.class).hasMessageContaining("cut before");
            run(database);
            assertThat(rows(database)).as("cut before step " + (cuts + 1)).isEqualTo(wanted);
            cuts++;
        }
        assertThat(cuts).as("steps of two batches").isGreaterThan(30);
    }

    @Test
    void aCommitThatNobodyHeardOfIsNotMadeASecondTime() {
        Database database = empty();
        Projection projection = new Projection(database, 1000, "gateway");
        List<Reading> batch = List.of(new Reading.Happened(TOPIC + "/0/0", events.submit()));
        List<PositionStep> steps = List.of(new PositionStep(TOPIC, 0, 0, 1));
        cut.cutAfterCommit();
        assertThatThrownBy(() -> projection.project(batch, steps, refused -> {}))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("cut after commit");
        cut.mend();

        assertThatThrownBy(() -> projection.project(batch, steps, refused -> {}))
                .isInstanceOf(ProjectionLostException.class);
        run(database);
        Database single = empty();
        run(single);
        assertThat(rows(database).get("experiments")).isEqualTo(rows(single).get("experiments"));
    }

    @Test
    void whatWasForgottenIsBuiltAnewAndWhoeverProjectsNoticesIt() {
        Database database = empty();
        run(database);
        TreeMap<String, List<String>> before = rows(database);
        Projection projection = new Projection(database, 1000, "gateway");
        PositionStep end = new PositionStep(TOPIC, 0, records.size(), records.size());
        projection.holdLease(List.of(end));
        new ReadModel(database).forget();

        assertThat(rows(database).values()).allMatch(List::isEmpty);
        assertThatThrownBy(() -> projection.holdLease(List.of(end)))
                .isInstanceOf(ProjectionLostException.class)
                .hasMessage("the stored position of experiments-0 is not 16 any more");
        new TopicPositions(database).set(List.of(new TopicPosition(TOPIC, 0, "id", 0)));
        run(database);
        assertThat(rows(database).get("experiments")).isEqualTo(before.get("experiments"));
        assertThat(rows(database).get("training_metrics")).hasSize(4);
    }

    @Test
    void whileTheDatabaseIsAwayReadsAreAnsweredWithTheReason() {
        Database database = empty();
        run(database);
        ExperimentViews views = new ExperimentViews(database, 1000, Duration.ZERO);
        cut.cutBefore(1);

        ProblemException refused = (ProblemException) catchThrowable(() -> views.document("exp-1"));
        cut.mend();
        assertThat(refused.status()).isEqualTo(503);
        assertThat(refused.retryAfter()).isEqualTo(Duration.ofSeconds(5));
        assertThat(refused).hasMessageMatching("the database jdbc:h2:mem:\\S+ does not answer: cut before .*");
        assertThat(views.document("exp-1")).isPresent();
    }
}
