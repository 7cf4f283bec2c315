package org.rtda.core.network;

/** Bytes that should be a safetensors file are not, or hold what is not read here. Trying again cannot help. */
public final class InvalidSafeTensorsException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    InvalidSafeTensorsException(String reason) {
        this(reason, null);
    }

    InvalidSafeTensorsException(String reason, Throwable cause) {
        super("not a safetensors file of float32 tensors: " + reason, cause);
    }
}
