package org.rtda.gateway.database;

import java.util.List;
import org.jdbi.v3.core.Handle;
import org.rtda.gateway.problem.ProblemException;

/**
 * The read model as a whole: numbers its changes, and empties it for a rebuild. The ids of deleted experiments are then kept:
 * otherwise these experiments would be shown, and their keys accepted, until their commands have been read again.
 */
public final class ReadModel {
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
            "stale_documents",
            "dead_letters");

    /** H2 writes a transaction to its file after half a second, in which the gateway projects far fewer records than this. */
    private static final int MOST_LOST = 100_000;

    private final Database database;

    public ReadModel(Database database) {
        this.database = database;
    }

    /** The number of the last change that was projected. */
    static long lastChange(Handle handle) {
        return handle.createQuery("select last_change from read_model where id = 1")
                .mapTo(Long.class)
                .one();
    }

    /**
     * For a database in a file that is opened again. A process that is killed may lose the last transactions, whose numbers streams may have
     * told by then. What is projected next gets numbers that nobody has seen, so that nobody takes it for known.
     */
    static void skipNumbersThatMayBeLost(Handle handle) {
        handle.createUpdate("update read_model set last_change = last_change + :lost where id = 1 and last_change > 0")
                .bind("lost", MOST_LOST)
                .execute();
    }

    /** A number for what is changed without a message, by whoever projects and holds the lease in this transaction. */
    static long nextChange(Handle handle) {
        handle.execute("update read_model set last_change = last_change + 1 where id = 1");
        return lastChange(handle);
    }

    /**
     * Forgets everything, so that whoever projects begins with the topics' first records. What the topics do not hold any more is lost.
     * The numbers of changes go on, so that streams get what is projected anew.
     *
     * @throws ProblemException 503 when the database does not answer; then nothing is forgotten
     */
    public void forget() {
        database.inTransaction(handle -> {
            // the row of the lease is locked first, as in every batch: whoever projects waits
            handle.execute("update read_model set held_until = held_until where id = 1");
            TABLES.forEach(table -> handle.execute("delete from " + table));
            return null;
        });
    }
}
