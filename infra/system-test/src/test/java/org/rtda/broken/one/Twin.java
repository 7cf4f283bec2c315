package org.rtda.broken.one;

/** Breaks an architecture rule on purpose: a name that stands twice. */
public final class Twin {}
