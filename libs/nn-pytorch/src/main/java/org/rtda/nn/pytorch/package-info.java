/**
 * The networks of {@link org.rtda.core.network} on DJL's PyTorch engine: training methods, their losses and optimiser,
 * and attacks. Plain Java values go in and come out; native memory never leaves these packages. Every native call runs on
 * the one thread of {@link org.rtda.nn.pytorch.engine.TorchEngine}.
 *
 * <p>An array that DJL creates from Java values lies in Java's memory, and the engine does not keep that memory alive:
 * while gradients are recorded such an array must not be closed before the backward pass, and DJL's operations with a
 * number close theirs at once. So images and weights go through {@code TorchEngine.load}, constants through
 * {@code Losses.scaled}; the few small arrays that do not, labels and normalisation, stay open until the call's manager
 * closes. Results of operations lie in the engine's memory and can be closed at any time.
 */
package org.rtda.nn.pytorch;
