package org.rtda.core.network;

/** A network before it is fitted to images. */
interface KnownNetwork {

    String name();

    boolean takes(int channels, int height, int width);

    /** What {@link #takes} allows. */
    String imagesInWords();

    /** The network for images that it {@link #takes}. */
    NetworkArchitecture of(int channels, int height, int width, int classes);
}
