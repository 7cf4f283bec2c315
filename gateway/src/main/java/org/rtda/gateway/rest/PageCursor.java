package org.rtda.gateway.rest;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import org.rtda.gateway.database.ExperimentQuery;
import org.rtda.gateway.problem.ProblemException;

/** Where a page ended, as text that only this class reads. */
final class PageCursor {
    private static final String CHANGE = "change ";

    private PageCursor() {}

    static String of(ExperimentQuery.Place place) {
        return encoded(place.submittedAt() + " " + place.id());
    }

    /** @param change the number of the change that made the last entry of the page */
    static String ofChange(long change) {
        return encoded(CHANGE + change);
    }

    private static String encoded(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    /** @throws ProblemException 400 when the text is no cursor of {@link #ofChange} */
    static long readChange(String cursor) {
        try {
            String text = new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8);
            if (text.startsWith(CHANGE)) {
                return Long.parseLong(text.substring(CHANGE.length()));
            }
        } catch (IllegalArgumentException e) {
            // told below
        }
        throw refused(cursor);
    }

    private static ProblemException refused(String cursor) {
        return ProblemException.badValue("cursor", cursor, "the value of next in the page before");
    }

    /** @throws ProblemException 400 when the text is no cursor */
    static ExperimentQuery.Place read(String cursor) {
        try {
            String[] parts = new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8).split(" ");
            if (parts.length == 2) {
                return new ExperimentQuery.Place(
                        Instant.parse(parts[0]).atOffset(ZoneOffset.UTC).toInstant(), parts[1]);
            }
        } catch (IllegalArgumentException | DateTimeException e) {
            // told below
        }
        throw refused(cursor);
    }
}
