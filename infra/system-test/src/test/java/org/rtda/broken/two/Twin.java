package org.rtda.broken.two;

/** Breaks an architecture rule on purpose: a name that stands twice. */
public final class Twin {}
