package org.rtda.gateway.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rtda.contracts.TrainingMetric;
import org.rtda.contracts.check.Event;
import org.rtda.gateway.problem.ProblemException;
import org.rtda.gateway.view.ExperimentView;
import org.rtda.gateway.view.ViewEvents;

/** While the database's disk is full reads go on, nothing is projected, and nothing is lost. */
class FullDiskTest {
    private static final String TOPIC = "training-metrics";

    private final ViewEvents events = new ViewEvents("exp-1");

    private static void project(Database database, long offset, Event event) {
        new Projection(database, 1000, "gateway")
                .project(
                        List.of(new Reading.Happened(TOPIC + "/0/" + offset, event)),
                        List.of(new PositionStep(TOPIC, 0, offset, offset + 1)),
                        refused -> {});
    }

    private static void begin(Database database) {
        new TopicPositions(database).set(List.of(new TopicPosition(TOPIC, 0, "id", 0)));
    }

    private List<Long> steps(Database database) {
        return new TestReadModel(database)
                .views.read("exp-1", ExperimentView::training).orElseThrow().stream()
                        .map(TrainingMetric::step)
                        .toList();
    }

    @Test
    void aFileIsNotWrittenWhenItsDiskHasLessThan128MebibytesLeft() {
        AtomicLong free = new AtomicLong(128L << 20);
        Database database = TestReadModel.inMemory(UnaryOperator.identity(), new DiskRoom(free::get));
        begin(database);
        project(database, 0, events.submit());
        project(database, 1, events.training(1, 1));

        free.set((128L << 20) - 1);
        assertThatThrownBy(() -> project(database, 2, events.training(1, 2)))
                .isInstanceOfSatisfying(ProblemException.class, refused -> assertThat(refused.status())
                        .isEqualTo(503))
                .hasMessage(
                        "the database " + database + " is full: its disk has 127 MiB left, and nothing is written with"
                                + " less than 128 MiB; give its disk room, the gateway goes on by itself");
        assertThat(steps(database)).containsExactly(1L);
        assertThat(new TopicPositions(database).all())
                .extracting(TopicPosition::nextOffset)
                .containsExactly(2L);

        free.set(128L << 20);
        project(database, 2, events.training(1, 2));
        assertThat(steps(database)).containsExactly(1L, 2L);
    }

    @Test
    void aServerThatIsFullTakesABatchBackWholeAndTakesItLater() {
        CutConnections full = new CutConnections("53100", "could not extend file: No space left on device");
        Database database = TestReadModel.inMemory(full::over);
        begin(database);
        project(database, 0, events.submit());

        int refused = 0;
        for (long step = 1; step <= 8; step++) {
            full.cutBefore(step);
            assertThatThrownBy(() -> project(database, 1, events.training(1, 1)))
                    .as("full before statement %d", step)
                    .isInstanceOf(ProblemException.class)
                    .hasMessageStartingWith(
                            "the database " + database + " is full: give its disk room, the gateway goes on"
                                    + " by itself (could not extend file");
            full.mend();
            assertThat(steps(database)).as("reads go on").isEmpty();
            refused++;
        }
        assertThat(refused).isEqualTo(8);

        project(database, 1, events.training(1, 1));
        assertThat(steps(database)).containsExactly(1L);
    }

    @Test
    void theRoomIsThatOfTheFoldersDiskAlsoBeforeItIsMade(@TempDir Path folder) throws Exception {
        String url = "jdbc:h2:file:" + folder.resolve("not/yet/made") + ";CACHE_SIZE=1";
        DatabaseSettings settings = new DatabaseSettings(url, "rtda", "", 4);

        assertThat(settings.file()).contains(folder.resolve("not/yet/made"));
        long free = Files.getFileStore(folder).getUsableSpace();
        if (free >= DiskRoom.LEAST_FREE_BYTES) {
            DiskRoom.of(settings).require(settings);
        } else {
            assertThatThrownBy(() -> DiskRoom.of(settings).require(settings)).isInstanceOf(ProblemException.class);
        }
    }

    @Test
    void aServerAndADatabaseInMemoryHaveNoDiskHere() {
        assertThat(new DatabaseSettings("jdbc:postgresql://db:5432/rtda", "rtda", "", 4).file())
                .isEmpty();
        assertThat(new DatabaseSettings("jdbc:h2:mem:read-model;DB_CLOSE_DELAY=-1", "rtda", "", 4).file())
                .isEmpty();
    }
}
