package org.rtda.cli.broken;

/** Breaks an architecture rule on purpose: a module that uses the inside of a service. */
public record UsesEvaluator(org.rtda.evaluator.broken.EvaluatorUsesEngine evaluator) {}
