package org.rtda.gateway.artifact;

/** The content has none of the bytes that were asked for. */
public final class RangeNotSatisfiableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final long sizeBytes;

    RangeNotSatisfiableException(String range, long sizeBytes) {
        super("the range " + range + " lies outside the content, which has " + sizeBytes + " bytes");
        this.sizeBytes = sizeBytes;
    }

    /** What the answer's Content-Range is. */
    public String contentRange() {
        return "bytes */" + sizeBytes;
    }
}
