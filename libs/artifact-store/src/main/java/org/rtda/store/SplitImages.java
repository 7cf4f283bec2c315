package org.rtda.store;

/** Images of one split, all of one shape, and their labels. */
public interface SplitImages {

    /** The file they are in, by the name that its owner gave it. */
    String file();

    /** SHA-256 of that file, in hexadecimal. */
    String sha256();

    /** 1 (grey) or 3 (RGB). */
    int channels();

    int height();

    int width();

    /** One an image, 0 to 255; not copied, so the caller must not change it. */
    int[] labels();

    /** The images from the first on; each call begins anew. */
    Reader images();

    default int count() {
        return labels().length;
    }

    /** Of each image. */
    default int imageBytes() {
        return channels() * height() * width();
    }

    default String shapeText() {
        return channels() + " x " + height() + " x " + width();
    }

    /** Reads images in the order of the labels. */
    interface Reader extends AutoCloseable {

        /**
         * The next image: C x H x W, row-major, one unsigned byte a value.
         *
         * @throws InvalidDatasetException when it cannot be read
         */
        byte[] next();

        @Override
        void close();
    }
}
