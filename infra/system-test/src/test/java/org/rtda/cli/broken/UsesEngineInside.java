package org.rtda.cli.broken;

import org.rtda.nn.pytorch.attack.broken.EngineInside;

/** Breaks an architecture rule on purpose: a module that uses the inside of nn-pytorch. */
public record UsesEngineInside(EngineInside engine) {}
