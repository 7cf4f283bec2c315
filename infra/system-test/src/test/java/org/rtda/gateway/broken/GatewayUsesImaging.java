package org.rtda.gateway.broken;

import org.rtda.imaging.broken.ImagingUsesCore;

/** Breaks an architecture rule on purpose: a service that reads image files. */
public record GatewayUsesImaging(ImagingUsesCore imaging) {}
