package org.rtda.broken.two;

import org.rtda.broken.one.CircleOne;

/** Breaks an architecture rule on purpose: two packages that use each other. */
public record CircleTwo(CircleOne other) {}
