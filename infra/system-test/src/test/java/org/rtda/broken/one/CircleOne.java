package org.rtda.broken.one;

/** Breaks an architecture rule on purpose: two packages that use each other. */
public record CircleOne(org.rtda.broken.two.CircleTwo other) {}
