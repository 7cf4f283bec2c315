package org.rtda.nn.pytorch.broken;

import org.rtda.store.broken.StoreUsesTrainer;

/** Breaks an architecture rule on purpose: an engine that reads from the store itself. */
public record EngineUsesStore(StoreUsesTrainer store) {}
