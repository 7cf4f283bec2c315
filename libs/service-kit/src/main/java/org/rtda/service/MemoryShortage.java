package org.rtda.service;

import java.util.regex.Pattern;

/**
 * Tells a shortage of memory from other failures. Java has a type for it; PyTorch, CUDA and ONNX Runtime have words only. A shortage may
 * be over when others have ended, so work that met one is tried again, by {@link org.rtda.messaging.FailureKind#TRIES} workers at most.
 */
public final class MemoryShortage {
    /**
     * PyTorch's "can't allocate memory" and "not enough memory", CUDA's "out of memory" and "..._ALLOC_FAILED", ONNX Runtime's "Failed to
     * allocate memory", C++'s "std::bad_alloc", and the operating system's "Cannot allocate memory".
     */
    private static final Pattern WORDS = Pattern.compile(
            "can(?:not|'t) allocate memory|failed to allocate memory|not enough memory|out of memory|bad_alloc|bad allocation"
                    + "|_alloc_failed",
            Pattern.CASE_INSENSITIVE);

    private static final int LONGEST_CHAIN = 50;

    private MemoryShortage() {}

    /** Whether the failure, or one that caused it, is a shortage of memory: of Java's, of native code's, or of a GPU's. */
    public static boolean isIn(Throwable failure) {
        Throwable cause = failure;
        for (int depth = 0; cause != null && depth < LONGEST_CHAIN; depth++) {
            if (cause instanceof OutOfMemoryError
                    || cause instanceof MemoryShortageException
                    || cause.getMessage() != null
                            && WORDS.matcher(cause.getMessage()).find()) {
                return true;
            }
            cause = cause.getCause();
        }
        return false;
    }
}
