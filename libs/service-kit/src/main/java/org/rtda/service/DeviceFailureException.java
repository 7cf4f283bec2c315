package org.rtda.service;

import org.rtda.contracts.check.EnvironmentFailure;

/** This worker's device, or the native library on it, does not compute: another worker is to do the work. */
public final class DeviceFailureException extends RuntimeException implements EnvironmentFailure {
    private static final long serialVersionUID = 1L;

    DeviceFailureException(String message, Throwable cause) {
        super(message, cause);
    }
}
