package org.rtda.evaluator.broken;

/** Breaks an architecture rule on purpose: an evaluator that runs the engine of the attackers. */
public record EvaluatorUsesEngine(org.rtda.nn.pytorch.attack.broken.EngineInside engine) {}
