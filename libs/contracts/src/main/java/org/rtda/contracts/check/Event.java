package org.rtda.contracts.check;

import java.time.Instant;

/** The fields of every message on every topic. */
public interface Event {
    /** The version of every message this build writes. A published version is finished: only optional fields join it. */
    int SCHEMA_VERSION = 1;

    /** Names this message; a message sent again carries the same id. */
    String id();

    /** When it was made. Never an input of a computation. */
    Instant time();

    int schemaVersion();

    /** The experiment it belongs to. */
    String experimentId();
}
