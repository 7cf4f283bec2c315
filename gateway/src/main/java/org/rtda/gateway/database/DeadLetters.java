package org.rtda.gateway.database;

import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.rtda.gateway.view.DeadLetter;

/** The dead letters seen, each refused record once. Safe for several threads. */
public final class DeadLetters {
    /** Of one answer. */
    public static final int MOST = 1000;

    private final Database database;

    public DeadLetters(Database database) {
        this.database = database;
    }

    static boolean knows(Handle handle, String origin) {
        return handle.createQuery("select count(*) from dead_letters where origin = :origin")
                        .bind("origin", origin)
                        .mapTo(Long.class)
                        .one()
                > 0;
    }

    static void write(Handle handle, String origin, DeadLetter letter, long change) {
        handle.createUpdate("insert into dead_letters (origin, change, experiment, letter_time, letter)"
                        + " values (:origin, :change, :experiment, :time, :letter)")
                .bind("origin", origin)
                .bind("change", change)
                .bind("experiment", letter.experiment())
                .bind("time", OffsetDateTime.ofInstant(letter.time(), ZoneOffset.UTC))
                .bind("letter", Messages.text(letter))
                .execute();
    }

    /** Renames the letters of a predecessor's partition, if the stored position is in one. */
    static void setApart(Handle handle, TopicPosition position) {
        String place = position.topic() + "/" + position.partition() + "/%";
        handle.createUpdate("update dead_letters set origin = origin || '@' ||"
                        + " (select topic_id from topic_positions where topic = :topic and topic_partition = :partition)"
                        + " where (origin like :place or origin like :own) and origin not like '%@%'"
                        + " and exists (select 1 from topic_positions where topic = :topic and topic_partition = :partition"
                        + " and topic_id <> :id)")
                .bind("topic", position.topic())
                .bind("partition", position.partition())
                .bind("place", place)
                .bind("own", "letter/" + place)
                .bind("id", position.topicId())
                .execute();
    }

    public long count() {
        return database.read(handle -> handle.createQuery("select count(*) from dead_letters")
                .mapTo(Long.class)
                .one());
    }

    /** When the newest was written, in seconds since 1970; 0 while there is none. */
    public double newestSeconds() {
        return database.read(handle -> handle.createQuery("select max(letter_time) from dead_letters")
                .mapTo(OffsetDateTime.class)
                .findOne()
                .map(newest -> newest.toInstant().toEpochMilli() / 1e3)
                .orElse(0.0));
    }

    /** Newest first, at most {@code limit}. */
    public List<DeadLetter> newest(int limit) {
        return database.read(handle -> handle.createQuery(
                        "select letter from dead_letters order by change desc fetch first :limit rows only")
                .bind("limit", limit)
                .map((row, context) -> Messages.read(row.getString(1), DeadLetter.class))
                .list());
    }
}
