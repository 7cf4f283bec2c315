package org.rtda.cli.broken;

/** Breaks an architecture rule on purpose: a module that uses the inside of nn-pytorch. */
public record UsesEngineInside(org.rtda.nn.pytorch.attack.broken.EngineInside engine) {}
