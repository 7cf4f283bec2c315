package org.rtda.broken.one;

import org.rtda.broken.two.CircleTwo;

/** Breaks an architecture rule on purpose: two packages that use each other. */
public record CircleOne(CircleTwo other) {}
