package org.rtda.gateway.database;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.UnaryOperator;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;
import org.rtda.contracts.check.Event;
import org.rtda.gateway.view.ExperimentDocument;

/** A read model of a test's own, into which events are put as if the topics had brought them. */
public final class TestReadModel {
    private static final int MOST_STEPS = 1000;
    private static final int MOST_LISTED = 1000;

    public final Database database;
    public final ExperimentViews views;
    public final DeadLetters letters;
    public final EventFeed feed;
    public final IdempotencyKeys keys;
    private final Projection projection;
    private long records;

    /** In memory. */
    public TestReadModel() {
        this(inMemory(UnaryOperator.identity()));
    }

    public TestReadModel(Database database) {
        this.database = database;
        views = new ExperimentViews(database, MOST_STEPS, Duration.ZERO);
        letters = new DeadLetters(database);
        feed = new EventFeed(database, MOST_STEPS);
        keys = new IdempotencyKeys(database);
        projection = new Projection(database, MOST_STEPS, "test");
    }

    /**
     * With the tables of all migrations, without the time that it takes to look at which of them are missing.
     *
     * @param disturbance what the connections go through
     */
    static Database inMemory(UnaryOperator<DataSource> disturbance) {
        return inMemory(disturbance, DiskRoom.unbounded());
    }

    /** As above, on a disk that has so much room. */
    static Database inMemory(UnaryOperator<DataSource> disturbance, DiskRoom room) {
        JdbcDataSource connections = new JdbcDataSource();
        connections.setURL("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1");
        DatabaseSettings settings = new DatabaseSettings(connections.getURL(), "rtda", "", 4);
        Database database = new Database(settings, connections, () -> {}, DiskRoom.unbounded());
        migrate(database, MigrationFiles.NAMES);
        return new Database(settings, disturbance.apply(connections), () -> {}, room);
    }

    static void migrate(Database database, List<String> migrations) {
        for (String migration : migrations) {
            database.inTransaction(
                    handle -> handle.createScript(migration(migration)).execute());
        }
    }

    private static String migration(String name) {
        try (InputStream file = Database.class.getResourceAsStream(MigrationFiles.FOLDER + name)) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** As time does. */
    public void forgetKeys() {
        database.inTransaction(handle -> handle.execute("delete from idempotency_keys"));
    }

    /** Every submitted experiment, newest first. */
    public List<ExperimentDocument> documents() {
        return views.page(new ExperimentQuery(Map.of(), null, null, false, null, MOST_LISTED))
                .experiments();
    }

    /**
     * Projects one event, and hands it to those who follow.
     *
     * @return whether it has changed something
     * @throws IllegalArgumentException when it is refused
     */
    public boolean apply(Event event) {
        Projection.Outcome outcome = project(new Reading.Happened("test/0/" + records++, event));
        if (!outcome.refused().isEmpty()) {
            throw new IllegalArgumentException(outcome.refused().get(0).reason());
        }
        return outcome.changes() > 0;
    }

    public void applyAll(List<? extends Event> events) {
        List<Reading> batch = new ArrayList<>();
        events.forEach(event -> batch.add(new Reading.Happened("test/0/" + records++, event)));
        project(batch.toArray(Reading[]::new));
    }

    /** As the gateway that projects does until it says that there are none left. */
    boolean renewDocuments() {
        return projection.renewDocuments();
    }

    public Projection.Outcome project(Reading... batch) {
        Projection.Outcome outcome = projection.project(List.of(batch), List.of(), refused -> {});
        feed.deliver();
        return outcome;
    }
}
