package org.rtda.nn.onnx;

/** Bytes that should be an ONNX classifier are not. Trying again cannot help. */
public final class InvalidOnnxModelException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    InvalidOnnxModelException(String message, Throwable cause) {
        super(message, cause);
    }
}
