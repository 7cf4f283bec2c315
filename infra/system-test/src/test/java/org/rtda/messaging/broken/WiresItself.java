package org.rtda.messaging.broken;

/** Breaks an architecture rule on purpose: a library that knows CDI. */
public final class WiresItself {
    @jakarta.inject.Inject
    String wired;
}
