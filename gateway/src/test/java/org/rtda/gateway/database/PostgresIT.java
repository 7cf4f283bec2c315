package org.rtda.gateway.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.rtda.contracts.ExperimentStatus.State.RUNNING;
import static org.rtda.contracts.ExperimentStatus.State.TRAINED;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.rtda.contracts.ExperimentCommand;
import org.rtda.contracts.TrainingMetric;
import org.rtda.contracts.check.Event;
import org.rtda.gateway.database.ExperimentQuery.Column;
import org.rtda.gateway.problem.ProblemException;
import org.rtda.gateway.view.DeadLetter;
import org.rtda.gateway.view.ExperimentDocument;
import org.rtda.gateway.view.ExperimentView;
import org.rtda.gateway.view.StepsInMemory;
import org.rtda.gateway.view.ViewEvents;

/** The statements on a PostgreSQL, which the test starts itself. */
class PostgresIT {
    private static EmbeddedPostgres postgres;
    private static Database database;

    private final ViewEvents events = new ViewEvents("exp-1");
    private TestReadModel model;

    @BeforeAll
    static void start() throws IOException {
        postgres = EmbeddedPostgres.start();
        database = Database.open(new DatabaseSettings(
                "jdbc:postgresql://localhost:" + postgres.getPort() + "/postgres", "postgres", "postgres", 4));
    }

    @AfterAll
    static void stop() throws IOException {
        database.close();
        postgres.close();
    }

    @BeforeEach
    void nothingIsKnown() {
        new ReadModel(database).forget();
        database.inTransaction(handle -> handle.execute("delete from deleted_experiments"));
        database.inTransaction(handle -> handle.execute("update read_model set holder = null, held_until = null"));
        model = new TestReadModel(database);
    }

    private List<Event> aRun() {
        List<Event> all = new ArrayList<>(List.of(
                events.submit(),
                events.cancel(),
                events.status(1, RUNNING, 1),
                events.status(2, TRAINED, 100),
                events.planned(10, true, ViewEvents.CLEAN, ViewEvents.NOISE),
                events.measured(10, true, ViewEvents.CLEAN, 0.9),
                events.failed(10, true, ViewEvents.NOISE, "no"),
                events.completed(10, true, 1, 1),
                events.checkpoint(2, 10, true, ViewEvents.OBJECT)));
        for (long step = 1; step <= 40; step++) {
            all.add(events.training(1, step));
        }
        for (long step = 31; step <= 60; step++) {
            all.add(events.training(2, step));
        }
        return all;
    }

    @Test
    void saysWhatTheFoldSaysAndASecondReadingChangesNothing() {
        List<Event> all = aRun();
        ExperimentView folded = new ExperimentView("exp-1", new StepsInMemory());
        all.forEach(folded::apply);
        model.applyAll(all);

        assertThat(model.views.document("exp-1")).contains(ExperimentDocument.of(folded, null));
        assertThat(model.views.read("exp-1", ExperimentView::training)).contains(folded.training());
        assertThat(new TestReadModel(database).documents()).hasSize(1);
        assertThat(all).noneMatch(new TestReadModel(database)::apply);
    }

    @Test
    void longRunsAreThinnedInAnswers() {
        model.apply(events.submit());
        List<Event> steps = new ArrayList<>();
        for (long step = 1; step <= 1001; step++) {
            steps.add(events.training(1, step));
        }
        model.applyAll(steps);

        assertThat(model.views.read("exp-1", ExperimentView::training).orElseThrow())
                .extracting(TrainingMetric::step)
                .startsWith(1L, 2L, 4L)
                .endsWith(1000L, 1001L)
                .hasSize(502);
    }

    @Test
    void pagesFollowOneAnother() {
        for (int i = 1; i <= 3; i++) {
            model.apply(new ViewEvents("exp-" + i).submit(ViewEvents.TIME.plusSeconds(i)));
        }
        ExperimentQuery.Page first = model.views.page(
                new ExperimentQuery(Map.of(Column.METHOD, "rtda"), ViewEvents.TIME, null, false, null, 2));
        ExperimentQuery.Page second = model.views.page(
                new ExperimentQuery(Map.of(Column.METHOD, "rtda"), ViewEvents.TIME, null, false, first.next(), 2));

        assertThat(first.experiments()).extracting(ExperimentDocument::id).containsExactly("exp-3", "exp-2");
        assertThat(second.experiments()).extracting(ExperimentDocument::id).containsExactly("exp-1");
        assertThat(second.next()).isNull();
    }

    @Test
    void deadLettersAreCountedOnce() {
        DeadLetter letter = new DeadLetter(Instant.ofEpochSecond(60), "exp-1", "experiments", 0, 9, "rubbish", 7);
        assertThat(model.letters.newestSeconds()).isZero();
        model.project(new Reading.Letter("dead-letters/0/0", letter), new Reading.Letter("dead-letters/0/1", letter));

        assertThat(model.letters.count()).isEqualTo(1);
        assertThat(model.letters.newestSeconds()).isEqualTo(60);
        assertThat(model.letters.newest(5)).containsExactly(letter);
    }

    @Test
    void anEventIsHandedToThoseWhoFollowWhicheverGatewayProjects() {
        model.apply(events.submit());
        EventFeed otherGateway = new EventFeed(database, 1000);
        List<Event> followed = new ArrayList<>();
        otherGateway.follow("exp-1", null, true, message -> followed.add(message.event()));
        model.apply(events.training(1, 1));
        model.apply(events.measured(1, false, ViewEvents.CLEAN, 0.5));
        otherGateway.deliver();

        assertThat(followed).containsExactly(events.training(1, 1), events.measured(1, false, ViewEvents.CLEAN, 0.5));
    }

    @Test
    void ofTwoGatewaysOneProjectsAndTheOtherTakesOverWhenTheLeaseHasEnded() {
        Projection first = new Projection(database, 1000, "first");
        Projection second = new Projection(database, 1000, "second");
        assertThat(first.takeLease()).isTrue();
        assertThat(second.takeLease()).isFalse();
        List<Reading> batch = List.of(new Reading.Happened("experiments/0/0", events.submit()));
        assertThatThrownBy(() -> second.project(batch, List.of(), refused -> {}))
                .isInstanceOf(ProjectionLostException.class);

        database.inTransaction(
                handle -> handle.execute("update read_model set held_until = current_timestamp - interval '1' second"));
        assertThat(second.takeLease()).isTrue();
        assertThatThrownBy(() -> first.project(batch, List.of(), refused -> {}))
                .isInstanceOf(ProjectionLostException.class);
        second.giveLeaseBack();
        assertThat(first.takeLease()).isTrue();
    }

    @Test
    void aPostgresThatIsNotThereIsSaid() {
        DatabaseSettings nobody = new DatabaseSettings("jdbc:postgresql://localhost:1/rtda", "rtda", "rtda", 2);

        assertThatThrownBy(() -> Database.open(nobody))
                .isInstanceOfSatisfying(ProblemException.class, refused -> assertThat(refused.status())
                        .isEqualTo(503))
                .hasMessageStartingWith("the database jdbc:postgresql://localhost:1/rtda does not answer: ");
    }

    @Test
    void experimentsAreChosenByAWholeTag() {
        model.apply(events.submit());
        model.apply(new ExperimentCommand.Describe(
                "d", ViewEvents.TIME, 1, "exp-1", "a name", "a \u20ac note", List.of("baseline-2", "paper_1")));

        assertThat(tagged("paper_1")).containsExactly("exp-1");
        assertThat(tagged("baseline")).isEmpty();
        assertThat(new TestReadModel(database)
                        .views
                        .document("exp-1")
                        .orElseThrow()
                        .notes())
                .isEqualTo("a \u20ac note");
    }

    private List<String> tagged(String tag) {
        return model
                .views
                .page(new ExperimentQuery(Map.of(Column.TAG, tag), null, null, true, null, 10))
                .experiments()
                .stream()
                .map(ExperimentDocument::id)
                .toList();
    }

    @Test
    void aDeletedExperimentLeavesNoRowsAndStaysDeleted() {
        List<Event> all = aRun();
        all.add(new ExperimentCommand.Delete("d", ViewEvents.TIME, 1, "exp-1"));
        model.applyAll(all);

        assertThat(model.views.isDeleted("exp-1")).isTrue();
        assertThat(model.views.startingFrom("exp-1")).isEmpty();
        assertThat(model.views.openTransfersFrom("exp-1")).isEmpty();
        assertThat(model.documents()).isEmpty();
        assertThat(all).noneMatch(new TestReadModel(database)::apply);
    }

    @Nested
    class Keys extends IdempotencyKeysContract {
        @Override
        Database database() {
            return database;
        }
    }

    @Nested
    class OldRows extends OldRowsContract {
        @Override
        Database empty() {
            String name = "old" + UUID.randomUUID().toString().replace("-", "");
            database.read(handle -> handle.execute("create database " + name));
            return new Database(
                    new DatabaseSettings(
                            "jdbc:postgresql://localhost:" + postgres.getPort() + "/" + name,
                            "postgres",
                            "postgres",
                            4),
                    postgres.getDatabase("postgres", name),
                    () -> {},
                    DiskRoom.unbounded());
        }
    }

    @Nested
    class Tokens extends StoredTokensContract {
        @Override
        Database database() {
            return database;
        }
    }
}
