package org.rtda.store.broken;

import org.rtda.trainer.broken.UsesMinio;

/** Breaks an architecture rule on purpose: a library that uses a service. */
public record StoreUsesTrainer(UsesMinio trainer) {}
