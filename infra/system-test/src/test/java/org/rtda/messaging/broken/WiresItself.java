package org.rtda.messaging.broken;

import jakarta.inject.Inject;

/** Breaks an architecture rule on purpose: a library that knows CDI. */
public final class WiresItself {
    @Inject
    String wired;
}
