package org.rtda.service.broken;

import org.rtda.trainer.broken.UsesMinio;

/** Breaks an architecture rule on purpose: a service kit that knows one of the services. */
public record KitUsesTrainer(UsesMinio trainer) {}
