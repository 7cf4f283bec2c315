package org.rtda.cli.broken;

import org.rtda.evaluator.broken.EvaluatorUsesEngine;

/** Breaks an architecture rule on purpose: a module that uses the inside of a service. */
public record UsesEvaluator(EvaluatorUsesEngine evaluator) {}
