package org.rtda.gateway.form;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import org.rtda.gateway.problem.ProblemException;

/**
 * Reads along with a form (RFC 7578) and refuses it as soon as it is not well formed, or holds more than it may. The framework's own parser
 * holds a part's headers in memory however long they are, and fails as if it were the gateway's fault where a form is none.
 *
 * <p>Stricter than RFC 2046: nothing but line ends comes before the first boundary, headers are not folded, and no line ends in CR or LF
 * alone.
 */
final class FormCheck {
    private static final int LONGEST_BOUNDARY = 70;

    private enum At {
        /** Before the first boundary. */
        BEGINNING,
        /** Behind a boundary. */
        BOUNDARY,
        /** Behind a boundary and one hyphen. */
        LAST_BOUNDARY,
        /** Behind a boundary and CR. */
        BOUNDARY_LINE_END,
        /** In a header line. */
        HEADER,
        /** Behind the CR of a header line. */
        HEADER_LINE_END,
        /** In the content of a part. */
        CONTENT,
        /** Behind the last boundary. */
        END
    }

    private final FormLimits limits;
    private final Consumer<PartHeaders> partCheck;
    /** With the line end before it. */
    private final byte[] delimiter;

    private final ByteArrayOutputStream headers = new ByteArrayOutputStream();
    private At at = At.BEGINNING;
    /** Bytes of the delimiter that have just come. */
    private int matched;

    private boolean lineIsEmpty;
    private PartHeaders part;
    private long bytes;
    private int parts;
    private long partBytes;
    private long held;

    private FormCheck(byte[] delimiter, FormLimits limits, Consumer<PartHeaders> partCheck) {
        this.delimiter = delimiter;
        this.partCheck = partCheck;
        this.limits = limits;
        // the first one may stand without the line end
        this.matched = 2;
    }

    /**
     * @param contentType of the request, with the boundary
     * @param partCheck gets each part before its content, and throws a ProblemException when the form may not have it
     * @throws ProblemException 400 when it has no boundary
     */
    static FormCheck of(String contentType, FormLimits limits, Consumer<PartHeaders> partCheck) {
        String boundary = PartHeaders.value(contentType, "boundary");
        if (boundary == null
                || boundary.isEmpty()
                || boundary.length() > LONGEST_BOUNDARY
                || boundary.chars().anyMatch(c -> c < ' ' || c > '~')) {
            throw PartHeaders.malformed(
                    "its Content-Type must have a boundary of 1 to " + LONGEST_BOUNDARY + " printable characters");
        }
        PartHeaders.checkCharset(contentType);
        return new FormCheck(("\r\n--" + boundary).getBytes(StandardCharsets.US_ASCII), limits, partCheck);
    }

    /**
     * The next bytes.
     *
     * @throws ProblemException 400 when the form is not well formed, or has a part that it may not have, 413 when it has more than it may
     */
    void read(byte[] buffer, int offset, int length) {
        bytes += length;
        if (bytes > limits.bodyBytes()) {
            throw ProblemException.tooLarge("the body may have at most " + limits.bodyBytes() + " bytes, has more");
        }
        for (int i = offset; i < offset + length && at != At.END; i++) {
            read(buffer[i]);
        }
    }

    private void read(byte next) {
        switch (at) {
            case BEGINNING -> beginning(next);
            case BOUNDARY -> boundary(next);
            case LAST_BOUNDARY -> {
                require(next == '-');
                at = At.END;
            }
            case BOUNDARY_LINE_END -> {
                require(next == '\n');
                begin();
            }
            case HEADER -> header(next);
            case HEADER_LINE_END -> {
                if (next != '\n') {
                    throw PartHeaders.malformed("a header's line ends in CR without LF");
                }
                hold(next);
                headerLine();
            }
            case CONTENT -> content(next);
            case END -> throw new IllegalStateException("the form has ended");
        }
    }

    private void beginning(byte next) {
        if (matched == 2 && next == '\r') {
            matched = 0;
        }
        if (next != delimiter[matched]) {
            throw PartHeaders.malformed("it does not begin with the boundary that its Content-Type names");
        }
        if (++matched == delimiter.length) {
            at = At.BOUNDARY;
        }
    }

    private void boundary(byte next) {
        if (next == '\r') {
            at = At.BOUNDARY_LINE_END;
        } else if (next == '-') {
            at = At.LAST_BOUNDARY;
        } else {
            require(next == ' ' || next == '\t');
        }
    }

    private static void require(boolean isBoundary) {
        if (!isBoundary) {
            throw PartHeaders.malformed("after a boundary the line must end, or two hyphens must follow");
        }
    }

    private void begin() {
        if (++parts > limits.parts()) {
            throw ProblemException.tooLarge("a form may have at most " + limits.parts() + " parts, has more");
        }
        headers.reset();
        lineIsEmpty = true;
        at = At.HEADER;
    }

    private void header(byte next) {
        if (next == '\r') {
            hold(next);
            at = At.HEADER_LINE_END;
        } else if (next >= 0 && next < ' ' && next != '\t' || next == 0x7f) {
            throw PartHeaders.malformed("a header of a part has a control character");
        } else {
            hold(next);
            lineIsEmpty = false;
        }
    }

    private void hold(byte next) {
        headers.write(next);
        if (headers.size() > limits.headerBytes()) {
            throw ProblemException.tooLarge(
                    "the headers of a part may have at most " + limits.headerBytes() + " bytes, have more");
        }
        countHeld();
    }

    private void countHeld() {
        if (++held > limits.heldBytes()) {
            throw ProblemException.tooLarge("the fields of a form, with the headers of all parts, may have at most "
                    + limits.heldBytes() + " bytes together, have more");
        }
    }

    private void headerLine() {
        if (!lineIsEmpty) {
            lineIsEmpty = true;
            at = At.HEADER;
            return;
        }
        part = PartHeaders.of(headers.toByteArray());
        partCheck.accept(part);
        partBytes = 0;
        matched = 0;
        at = At.CONTENT;
    }

    private void content(byte next) {
        if (next == delimiter[matched]) {
            if (++matched == delimiter.length) {
                at = At.BOUNDARY;
            }
            return;
        }
        // CR stands at the beginning of the delimiter alone, so whatever matched before cannot begin a later match
        count(matched);
        matched = next == delimiter[0] ? 1 : 0;
        if (matched == 0) {
            count(1);
        }
    }

    private void count(int contentBytes) {
        if (part.isFile()) {
            return;
        }
        for (int i = 0; i < contentBytes; i++) {
            if (++partBytes > limits.fieldBytes()) {
                throw ProblemException.tooLarge("the field " + part.name() + " may have at most " + limits.fieldBytes()
                        + " bytes, has more; only a part with a file name may");
            }
            countHeld();
        }
    }

    /** @throws ProblemException 400 when the form is not complete */
    void end() {
        if (at != At.END) {
            throw PartHeaders.malformed("it ends before its last boundary");
        }
    }

    /** Of the form until now: headers, and parts that are no files. */
    long heldBytes() {
        return held;
    }
}
