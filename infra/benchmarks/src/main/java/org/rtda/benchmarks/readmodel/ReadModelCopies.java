package org.rtda.benchmarks.readmodel;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/**
 * Makes many experiments of those that a gateway has projected: it copies their rows under other ids, and so the rows are as many, as long
 * and as different as if all had been projected, in minutes instead of an hour. No gateway may run meanwhile.
 */
public final class ReadModelCopies {
    /** Numbers of experiments below this differ in their last three digits only. */
    public static final int MOST_ORIGINALS = 4096;

    private static final String ID = "'exp-000000000'";
    private static final int MINUTES_APART = 1;

    private ReadModelCopies() {}

    /**
     * The id of a copy is that of the experiment with the number {@code copy * 4096 + number}.
     *
     * @param url of JDBC
     * @param originals experiments that were projected, with numbers from 0, at most {@value #MOST_ORIGINALS}
     * @param copies of each
     */
    public static void make(String url, String user, String password, int originals, int copies) {
        if (originals > MOST_ORIGINALS) {
            throw new IllegalArgumentException(
                    "at most " + MOST_ORIGINALS + " experiments can be copied, were " + originals);
        }
        try (Connection database = DriverManager.getConnection(url, user, password);
                Statement statement = database.createStatement()) {
            long changes = lastChange(statement);
            for (int copy = 1; copy <= copies; copy++) {
                for (String sql : copied(String.format("'exp-%09x'", copy), copy * changes, copy * originals)) {
                    statement.execute(sql);
                }
            }
            statement.execute("update read_model set last_change = " + changes * (copies + 1));
        } catch (SQLException e) {
            throw new IllegalStateException("the rows could not be copied: " + e.getMessage(), e);
        }
    }

    private static long lastChange(Statement statement) throws SQLException {
        try (ResultSet found = statement.executeQuery("select last_change from read_model")) {
            found.next();
            return found.getLong(1);
        }
    }

    private static List<String> copied(String id, long changes, long later) {
        String original = " where experiment like " + ID.substring(0, ID.length() - 1) + "%'";
        String change = "change + " + changes;
        return List.of(
                "insert into experiments (id, submitted_at, dataset, method, network, norm, radius, seed, state,"
                        + " cancel_requested, epoch_stride, submit, status, checkpoint, document, name, notes, tags)"
                        + " select " + with(id, "id") + ", submitted_at + interval '" + later * MINUTES_APART
                        + "' minute, dataset, method, network, norm, radius, seed, state, cancel_requested, epoch_stride, "
                        + with(id, "submit") + ", " + with(id, "status") + ", " + with(id, "checkpoint") + ", "
                        + with(id, "document") + ", name, notes, tags from experiments"
                        + original.replace("experiment like", "id like"),
                "insert into statuses (change, experiment, message) select " + change + ", " + with(id, "experiment")
                        + ", " + with(id, "message") + " from statuses" + original,
                "insert into training_attempts (experiment, attempt, first_step) select " + with(id, "experiment")
                        + ", attempt, first_step from training_attempts" + original,
                "insert into training_metrics (experiment, step, attempt, change, message) select "
                        + with(id, "experiment") + ", step, attempt, " + change + ", " + with(id, "message")
                        + " from training_metrics" + original,
                "insert into evaluation_messages (experiment, evaluation, kind, item, change, message) select "
                        + with(id, "experiment") + ", " + with(id, "evaluation") + ", kind, item, " + change + ", "
                        + with(id, "message") + " from evaluation_messages" + original,
                "insert into evaluations (experiment, evaluation, since, state, document) select "
                        + with(id, "experiment") + ", " + with(id, "evaluation") + ", since + " + changes + ", state, "
                        + with(id, "document") + " from evaluations" + original);
    }

    private static String with(String id, String column) {
        return "replace(" + column + ", " + ID + ", " + id + ")";
    }
}
