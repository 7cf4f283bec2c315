package org.rtda.trainer.broken;

import org.rtda.stack.broken.StackServer;

/** Breaks an architecture rule on purpose: a service that uses the local stack. */
public record UsesStack(StackServer server) {}
