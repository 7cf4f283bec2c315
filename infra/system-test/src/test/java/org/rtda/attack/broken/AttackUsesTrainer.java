package org.rtda.attack.broken;

/** Breaks an architecture rule on purpose: a service that uses another. */
public record AttackUsesTrainer(org.rtda.trainer.broken.UsesMinio trainer) {}
