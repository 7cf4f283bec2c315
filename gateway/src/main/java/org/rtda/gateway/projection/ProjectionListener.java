package org.rtda.gateway.projection;

/** Is called with what the projector has written. */
public interface ProjectionListener {
    /** @param taken false for records that could not be read */
    void projected(String topic, boolean taken);

    /** The database has changed. */
    default void changed() {}
}
