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
    private PageCursor() {}

    static String of(ExperimentQuery.Place place) {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString((place.submittedAt() + " " + place.id()).getBytes(StandardCharsets.UTF_8));
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
        throw ProblemException.badValue("cursor", cursor, "the value of next in the page before");
    }
}
