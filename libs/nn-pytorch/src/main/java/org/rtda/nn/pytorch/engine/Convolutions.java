package org.rtda.nn.pytorch.engine;

import ai.djl.ndarray.NDArray;
import org.rtda.core.network.Layer;

/** A way to compute the convolutions of a network. */
interface Convolutions {
    /**
     * @param input N x inputChannels x H x W
     * @return a new array, N x outputChannels x H' x W'
     */
    NDArray apply(Layer.Convolution layer, NDArray input);
}
