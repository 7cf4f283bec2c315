package org.rtda.store.broken;

/** Breaks an architecture rule on purpose: a library that uses a service. */
public record StoreUsesTrainer(org.rtda.trainer.broken.UsesMinio trainer) {}
