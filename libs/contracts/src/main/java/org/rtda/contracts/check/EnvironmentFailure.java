package org.rtda.contracts.check;

/**
 * Marks a failure of what surrounds a piece of work (store, device, broker) and not of the work itself: later, or with another
 * worker, it may succeed.
 */
public interface EnvironmentFailure {}
