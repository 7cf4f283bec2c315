package org.rtda.core.network;

/** What comes before the first stage. */
interface Stem {

    /**
     * Adds the stem.
     *
     * @param channels of the images
     * @return the name of its output, of {@link #width} channels
     */
    String addTo(LayerChain layers, String input, int channels, int height, int width);

    /** Channels of its output and width of the first stage. */
    int width();
}
