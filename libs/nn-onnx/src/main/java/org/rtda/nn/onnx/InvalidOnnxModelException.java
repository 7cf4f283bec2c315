package org.rtda.nn.onnx;

/** Bytes are not an ONNX classifier that can be used. Trying again cannot help. */
public final class InvalidOnnxModelException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    InvalidOnnxModelException(String message, Throwable cause) {
        super(message, cause);
    }
}
