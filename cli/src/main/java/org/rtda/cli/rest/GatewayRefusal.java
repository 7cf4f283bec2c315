package org.rtda.cli.rest;

import org.rtda.cli.terminal.CommandFailure;

/** The gateway answered, with a status of 300 or more; the message is what it said. */
public final class GatewayRefusal extends CommandFailure {
    private static final long serialVersionUID = 1L;

    private final int status;

    GatewayRefusal(int status, String message) {
        super(message);
        this.status = status;
    }

    public int status() {
        return status;
    }

    /** Whether the same request may be answered otherwise later: the broker or the store is gone, the gateway starts, or it has enough to do. */
    public boolean isPassing() {
        return status >= 500 || status == 429;
    }

    /** Whether there is no such thing. */
    public boolean isUnknown() {
        return status == 404;
    }
}
