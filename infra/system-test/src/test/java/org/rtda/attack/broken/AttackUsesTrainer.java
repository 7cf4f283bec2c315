package org.rtda.attack.broken;

import org.rtda.trainer.broken.UsesMinio;

/** Breaks an architecture rule on purpose: a service that uses another. */
public record AttackUsesTrainer(UsesMinio trainer) {}
