package org.rtda.trainer.broken;

/** Breaks an architecture rule on purpose: a service that uses the local stack. */
public record UsesStack(org.rtda.stack.broken.StackServer server) {}
