/**
 * The networks of {@link org.rtda.core.network} on DJL's PyTorch engine: training methods, their losses and optimiser,
 * and attacks. Plain Java values go in and come out; native memory never leaves this package. Every native call runs on
 * the one thread of {@link org.rtda.nn.pytorch.TorchEngine}.
 */
package org.rtda.nn.pytorch;
