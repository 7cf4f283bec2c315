package org.rtda.messaging.broken;

import org.rtda.core.ImageBatch;

/** Breaks an architecture rule on purpose: messaging that knows what travels. */
public record MessagingUsesCore(ImageBatch batch) {}
