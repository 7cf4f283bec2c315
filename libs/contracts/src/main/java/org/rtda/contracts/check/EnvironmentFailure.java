package org.rtda.contracts.check;

/**
 * Marks a failure of the environment (store, device, broker): later, or with another worker, the same work may succeed.
 */
public interface EnvironmentFailure {}
