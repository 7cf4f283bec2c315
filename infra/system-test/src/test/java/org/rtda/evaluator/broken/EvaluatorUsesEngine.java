package org.rtda.evaluator.broken;

import org.rtda.nn.pytorch.attack.broken.EngineInside;

/** Breaks an architecture rule on purpose: an evaluator that runs the engine of the attackers. */
public record EvaluatorUsesEngine(EngineInside engine) {}
