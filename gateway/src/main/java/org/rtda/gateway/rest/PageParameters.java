package org.rtda.gateway.rest;

import java.util.function.Function;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.jboss.resteasy.reactive.RestQuery;
import org.rtda.contracts.check.Check;
import org.rtda.gateway.problem.ProblemException;

/** The query parameters of every list that is read page by page. */
class PageParameters {
    private static final int DEFAULT = 50;
    private static final int MOST = 200;

    @RestQuery
    @Parameter(
            schema =
                    @Schema(type = SchemaType.INTEGER, minimum = "1", maximum = "" + MOST, defaultValue = "" + DEFAULT))
    String limit;

    @RestQuery
    @Parameter(description = "next of the previous page")
    String cursor;

    /**
     * How many entries the page has at most.
     *
     * @throws ProblemException 400 when what was given is no whole number
     * @throws org.rtda.contracts.check.InvalidFieldException when it is not in [1, {@value #MOST}]
     */
    int limit() {
        return limit(limit, DEFAULT, MOST);
    }

    /**
     * How many entries of a list are answered at most, also where it has no pages.
     *
     * @param text null for the default
     * @param absent the default
     * @throws ProblemException 400 when it is no whole number
     * @throws org.rtda.contracts.check.InvalidFieldException when it is not in [1, most]
     */
    static int limit(String text, int absent, int most) {
        if (text == null) {
            return absent;
        }
        if (!QueryParameters.isWholeNumber(text)) {
            throw ProblemException.badValue("limit", text, "a whole number in [1, " + most + "]");
        }
        return Check.inRange("limit", Integer.parseInt(text), 1, most);
    }

    /**
     * Where the page before ended; null of the first page.
     *
     * @param read refuses a text that is no cursor
     */
    <T> T after(Function<String, T> read) {
        return cursor == null ? null : read.apply(cursor);
    }
}
