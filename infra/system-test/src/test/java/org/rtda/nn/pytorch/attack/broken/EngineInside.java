package org.rtda.nn.pytorch.attack.broken;

/** Breaks an architecture rule on purpose: stands for a class that only nn-pytorch may use. */
public final class EngineInside {}
