package org.rtda.gateway.form;

import org.rtda.contracts.check.Check;

/**
 * What a form may ask of this process. The content of files goes to disk; all else is held in memory.
 *
 * @param bodyBytes of the whole form
 * @param parts fields and files together
 * @param headerBytes of one part's headers
 * @param fieldBytes of a part that is no file
 * @param heldBytes of all headers, and of all parts that are no files, together
 */
record FormLimits(long bodyBytes, int parts, int headerBytes, int fieldBytes, int heldBytes) {
    FormLimits {
        Check.atLeast("bodyBytes", bodyBytes, 1);
        Check.atLeast("parts", parts, 1);
        Check.atLeast("headerBytes", headerBytes, 1);
        Check.atLeast("fieldBytes", fieldBytes, 1);
        Check.atLeast("heldBytes", heldBytes, 1);
    }

    /** Parts and fields may be as many and as long as the framework takes (quarkus.http.limits). */
    static FormLimits of(long bodyBytes) {
        return new FormLimits(bodyBytes, 1000, 8 << 10, 64 << 10, 1 << 20);
    }
}
