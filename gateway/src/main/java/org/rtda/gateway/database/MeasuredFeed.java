package org.rtda.gateway.database;

import java.util.List;
import org.jdbi.v3.core.Handle;
import org.rtda.contracts.RobustnessMetric;
import org.rtda.gateway.view.MessageKey;

/** The figures of evaluations in the order in which they came. Not safe for several threads. */
public final class MeasuredFeed {
    /** Of one reading, which bounds the memory. */
    private static final int MOST = 1000;

    private final Database database;
    private final long past;

    /** The change up to which it was read; -1 before the first reading. */
    private long seen = -1;

    /** @param past changes before the present one with which the first reading begins */
    public MeasuredFeed(Database database, long past) {
        this.database = database;
        this.past = past;
    }

    /**
     * What has come since the last reading, at most 1000 of them; the others come with the next. Empty when there is nothing new.
     *
     * @throws org.rtda.gateway.problem.ProblemException 503 when the database does not answer
     */
    public List<RobustnessMetric.Measured> next() {
        while (true) {
            List<Found> found = database.read(this::afterSeen);
            if (found.isEmpty()) {
                return List.of();
            }
            seen = found.get(found.size() - 1).change;
            List<RobustnessMetric.Measured> measured = found.stream()
                    .map(Found::message)
                    .filter(RobustnessMetric.Measured.class::isInstance)
                    .map(RobustnessMetric.Measured.class::cast)
                    .toList();
            if (!measured.isEmpty()) {
                return measured;
            }
        }
    }

    private List<Found> afterSeen(Handle handle) {
        return handle.createQuery("select change, message from evaluation_messages where change > :from"
                        + " and kind = :outcome order by change fetch first " + MOST + " rows only")
                .bind("from", seen >= 0 ? seen : lastStored(handle) - past)
                .bind("outcome", MessageKey.Kind.OUTCOME.name())
                .map((row, context) ->
                        new Found(row.getLong(1), Messages.read(row.getString(2), RobustnessMetric.class)))
                .list();
    }

    /** Not the last number that was given: a database that is opened again goes on with higher ones. */
    private static long lastStored(Handle handle) {
        return handle.createQuery("select coalesce(max(change), 0) from evaluation_messages")
                .mapTo(Long.class)
                .one();
    }

    private record Found(long change, RobustnessMetric message) {}
}
