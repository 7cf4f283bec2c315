package org.rtda.contracts.check;

/** Marks a failure for which the request is to blame, or what it names: whoever tries it, it fails in the same way. */
public interface RequestFailure {}
