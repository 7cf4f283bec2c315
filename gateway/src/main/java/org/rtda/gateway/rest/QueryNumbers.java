package org.rtda.gateway.rest;

import org.rtda.contracts.check.Check;
import org.rtda.gateway.problem.ProblemException;

/** Numbers as query parameters carry them. */
final class QueryNumbers {
    private QueryNumbers() {}

    /**
     * How many entries a page has.
     *
     * @param text null for the default
     * @throws ProblemException 400 when it is no whole number
     * @throws org.rtda.contracts.check.InvalidFieldException when it is not in [1, most]
     */
    static int limit(String text, int absent, int most) {
        if (text == null) {
            return absent;
        }
        try {
            return Check.inRange("limit", Integer.parseInt(text), 1, most);
        } catch (NumberFormatException e) {
            throw ProblemException.badValue("limit", text, "a whole number in [1, " + most + "]");
        }
    }
}
