package org.rtda.evaluator.broken;

/** Breaks an architecture rule on purpose: a channel in a class whose name does not say so. */
public final class HiddenListener {
    @org.eclipse.microprofile.reactive.messaging.Channel("hidden")
    Object channel;

    @org.eclipse.microprofile.reactive.messaging.Incoming("hidden")
    public void listen(String message) {}
}
