package org.rtda.core.network;

/** A kind of residual block. */
interface ResidualBlock {

    /**
     * Adds one block.
     *
     * @param prefix of its layers' names
     * @param in channels of the input
     * @param width of the stage
     * @param stride 2 where the block halves the sides, else 1
     * @return the name of its output, of {@link #outputChannels} channels
     */
    String addTo(LayerChain layers, String prefix, String input, int in, int width, int stride);

    /** Channels of the output in a stage of a given width. */
    int outputChannels(int width);
}
