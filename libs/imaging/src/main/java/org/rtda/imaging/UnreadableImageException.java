package org.rtda.imaging;

/**
 * A file is not an image that can be read. The message is for the person whose file it is: what is wrong, what is allowed, what
 * to do. It names no file, since the caller knows it, and repeats no text of the file that could identify a person; for the same
 * reason there is no cause.
 */
public final class UnreadableImageException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public UnreadableImageException(String message) {
        super(message);
    }

    /**
     * Of a file that contradicts itself.
     *
     * @param what a clause: "the palette has 300 colours, at most 256 are possible"
     */
    public static UnreadableImageException damaged(String what) {
        return new UnreadableImageException("The file is damaged: " + what + ". Get the file again.");
    }

    /**
     * Of a sound file of a kind that is not read.
     *
     * @param what the subject, in the plural: "BMP files with run-length compression"
     * @param instead a sentence that says what to do
     */
    public static UnreadableImageException unsupported(String what, String instead) {
        return new UnreadableImageException(what + " cannot be read. " + instead);
    }
}
