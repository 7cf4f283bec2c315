package org.rtda.evaluator.broken;

import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/** Breaks an architecture rule on purpose: channels in a class whose name does not say so. */
public final class HiddenListener {
    public HiddenListener(@Channel("hidden") Object channel) {}

    @Incoming("hidden")
    public void listen(String message) {}
}
