package org.rtda.gateway.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rtda.contracts.check.InvalidFieldException;
import org.rtda.gateway.view.ViewEvents;

class SchemaTest {
    @TempDir
    Path folder;

    private DatabaseSettings file() {
        return new DatabaseSettings("jdbc:h2:file:" + folder.resolve("read-model"), "rtda", "", 4);
    }

    @Test
    void aFileKeepsWhatWasProjected() {
        try (Database first = Database.open(file())) {
            new TestReadModel(first).apply(new ViewEvents("exp-1").submit());
        }
        try (Database second = Database.open(file())) {
            assertThat(new TestReadModel(second).views.document("exp-1")).isPresent();
        }
    }

    /**
     * A process that is killed may lose its last transactions. Their numbers, which a stream may have told, must not come to mean something
     * else: a reader that goes on behind them would never be sent it.
     */
    @Test
    void aFileThatIsOpenedAgainGivesNoNumberThatMayHaveBeenLost() {
        StreamPlace told;
        try (Database first = Database.open(file())) {
            assertThat(first.read(StreamPlace::last).change())
                    .as("of a new file")
                    .isZero();
            new TestReadModel(first).apply(new ViewEvents("exp-1").submit());
            told = first.read(StreamPlace::last);
        }
        try (Database second = Database.open(file())) {
            StreamPlace end = second.read(StreamPlace::last);
            assertThat(end.change()).isEqualTo(told.change() + 100_000);
            assertThat(told.at(told.change() + 99_999).isBefore(end))
                    .as("a place that was lost counts as known, and all that comes is sent")
                    .isTrue();
        }
    }

    /** Gauges begin with what was measured last; the numbers that were left out stand between it and the end. */
    @Test
    void whatWasMeasuredLastIsFoundInAFileThatIsOpenedAgain() {
        ViewEvents events = new ViewEvents("exp-1");
        try (Database first = Database.open(file())) {
            TestReadModel model = new TestReadModel(first);
            model.apply(events.submit());
            model.apply(events.measured(1, false, ViewEvents.CLEAN, 0.75));
            assertThat(new MeasuredFeed(first, 1000).next()).hasSize(1);
        }
        try (Database second = Database.open(file())) {
            assertThat(new MeasuredFeed(second, 1000).next()).hasSize(1);
        }
    }

    @Test
    void aFileIsNotClosedUnderItsReadersBecauseAConnectionTakesLong() {
        DatabaseSettings inAFile = new DatabaseSettings("jdbc:h2:file:" + folder.resolve("a"), "rtda", "", 4);
        DatabaseSettings onAServer = new DatabaseSettings("jdbc:postgresql://db:5432/rtda", "rtda", "", 4);

        assertThat(inAFile.acquisitionTimeout()).isEqualTo(Duration.ofMinutes(1));
        assertThat(onAServer.acquisitionTimeout()).isEqualTo(Duration.ofSeconds(5));
    }

    @Test
    void everyFileOfTheFolderIsNamed() throws Exception {
        Path files = Path.of(getClass().getResource(MigrationFiles.FOLDER).toURI());
        try (Stream<Path> found = Files.list(files)) {
            assertThat(found.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrderElementsOf(MigrationFiles.NAMES);
        }
    }

    @Test
    void aDatabaseOfANewerGatewayIsRefusedAndLeftAlone() {
        try (Database newer = Database.open(file())) {
            newer.inTransaction(
                    handle -> handle.execute("insert into \"flyway_schema_history\" (\"installed_rank\", \"version\","
                            + " \"description\", \"type\", \"script\", \"checksum\", \"installed_by\", \"execution_time\", \"success\")"
                            + " values (99, '99', 'of a newer gateway', 'SQL', 'V99__newer.sql', 1, 'rtda', 1, true)"));
        }

        assertThatThrownBy(() -> Database.open(file()))
                .isInstanceOf(NewerSchemaException.class)
                .hasMessage("the database jdbc:h2:file:" + folder.resolve("read-model")
                        + " has schema version 99, this gateway knows up to " + newestVersion()
                        + ": start a gateway of the release that wrote"
                        + " it, or give this one a database of its own");
    }

    private static String newestVersion() {
        String newest = MigrationFiles.NAMES.get(MigrationFiles.NAMES.size() - 1);
        return newest.substring(1, newest.indexOf("__"));
    }

    @Test
    void anAddressThatIsNoneOfTheTwoKindsIsRefusedWithBoth() {
        assertThatThrownBy(() -> new DatabaseSettings("postgresql://rtda:SECRET@db/rtda?x=SECRET", "rtda", "", 4))
                .hasMessage("rtda.database.url must be jdbc:h2:file:PATH or jdbc:postgresql://HOST:PORT/DATABASE, was"
                        + " postgresql://...@db/rtda");
        assertThatThrownBy(() -> new DatabaseSettings("jdbc:mysql://host/rtda", "rtda", "", 4))
                .isInstanceOf(InvalidFieldException.class)
                .hasMessage("rtda.database.url must be jdbc:h2:file:PATH or jdbc:postgresql://HOST:PORT/DATABASE, was"
                        + " jdbc:mysql://host/rtda");
        assertThat(new DatabaseSettings("jdbc:postgresql://db:5432/rtda?password=secret", "rtda", "secret", 4))
                .hasToString("jdbc:postgresql://db:5432/rtda");
    }
}
