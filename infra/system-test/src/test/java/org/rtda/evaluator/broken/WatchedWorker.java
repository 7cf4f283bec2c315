package org.rtda.evaluator.broken;

import io.smallrye.reactive.messaging.annotations.Blocking;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/** Breaks an architecture rule on purpose: works on records on threads that Vert.x watches. */
public class WatchedWorker {
    @Incoming("anything")
    @Blocking("lane")
    void on(String message) {
        // nothing to do
    }
}
