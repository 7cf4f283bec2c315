package org.rtda.gateway.database;

import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jdbi.v3.core.Handle;

/**
 * The position in a stream up to which a reader has received all events.
 *
 * @param database the time at which the database was made, in milliseconds since 1970: numbers of another database mean nothing
 *     here
 * @param change the number of the last change that the reader knows
 */
record StreamPlace(long database, long change) {
    private static final Pattern TEXT = Pattern.compile("(\\d{1,18})-(\\d{1,18})");

    /** After the last change that was projected. */
    static StreamPlace last(Handle handle) {
        return handle.createQuery("select made_at, last_change from read_model where id = 1")
                .map((row, context) -> new StreamPlace(
                        row.getObject(1, OffsetDateTime.class).toInstant().toEpochMilli(), row.getLong(2)))
                .one();
    }

    /** Empty where the text is no place. */
    static Optional<StreamPlace> parse(String text) {
        Matcher parts = TEXT.matcher(text == null ? "" : text);
        return parts.matches()
                ? Optional.of(new StreamPlace(Long.parseLong(parts.group(1)), Long.parseLong(parts.group(2))))
                : Optional.empty();
    }

    StreamPlace at(long other) {
        return new StreamPlace(database, other);
    }

    /** Whether it is a place in the course that ends here. */
    boolean isBefore(StreamPlace end) {
        return database == end.database && change <= end.change;
    }

    @Override
    public String toString() {
        return database + "-" + change;
    }
}
