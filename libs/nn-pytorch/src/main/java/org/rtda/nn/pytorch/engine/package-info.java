/** Networks on DJL's PyTorch engine: arrays in and out, layers, and the frozen network that attacks look at. */
package org.rtda.nn.pytorch.engine;
