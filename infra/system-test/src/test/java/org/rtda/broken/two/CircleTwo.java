package org.rtda.broken.two;

/** Breaks an architecture rule on purpose: two packages that use each other. */
public record CircleTwo(org.rtda.broken.one.CircleOne other) {}
