package org.rtda.preparation;

import java.util.List;
import org.rtda.imaging.set.PixelSpool;
import org.rtda.store.SplitImages;

/**
 * Prepared images of one split, read from the spool.
 *
 * @param places in the spool, in the split's order
 * @param labels one a place
 */
record SpooledSplit(PixelSpool spool, List<Integer> places, int[] labels, int channels, int side)
        implements SplitImages {
    @Override
    public String file() {
        return "prepared images";
    }

    @Override
    public String sha256() {
        throw new UnsupportedOperationException("images on their way have no file of their own yet");
    }

    @Override
    public int height() {
        return side;
    }

    @Override
    public int width() {
        return side;
    }

    @Override
    public Reader images() {
        return new Reader() {
            private int next;

            @Override
            public byte[] next() {
                return spool.pixels(places.get(next++));
            }

            @Override
            public void close() {
                // the spool is its owner's to close
            }
        };
    }
}
