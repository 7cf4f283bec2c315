package org.rtda.stack.broken;

/** Breaks an architecture rule on purpose: stands for a server of the local stack. */
public final class StackServer {}
