package org.rtda.nn.onnx.broken;

import org.rtda.nn.pytorch.attack.broken.EngineInside;

/** Breaks an architecture rule on purpose: the judge's engine that uses the attackers'. */
public record ExportUsesEngine(EngineInside engine) {}
