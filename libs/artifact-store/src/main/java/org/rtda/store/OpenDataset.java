package org.rtda.store;

import java.util.Map;

/** A data set found to be sound, whose images can be read until it is closed. */
public interface OpenDataset extends AutoCloseable {

    /** {@code train}, {@code val}, {@code test}, then {@code shift-LABEL} for each external test set, in this order. */
    Map<String, SplitImages> splits();

    @Override
    void close();
}
