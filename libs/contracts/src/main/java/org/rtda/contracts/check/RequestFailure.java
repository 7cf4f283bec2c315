package org.rtda.contracts.check;

/**
 * Marks a failure that the request itself causes, or an object that it names: it fails in the same way whoever tries
 * it.
 */
public interface RequestFailure {}
