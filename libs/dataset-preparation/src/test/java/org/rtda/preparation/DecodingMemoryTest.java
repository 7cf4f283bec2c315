package org.rtda.preparation;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.rtda.imaging.ReadLimits;

class DecodingMemoryTest {
    private static final ReadLimits LIMITS = new ReadLimits(256L << 20, 32L << 20);

    @Test
    void asManyImagesAreReadAtOnceAsFitTheMemory() {
        // the largest image of 32 Mi pixels takes 480 MiB
        assertThat(DecodingMemory.threads(16, 1024L << 20, LIMITS)).isEqualTo(2);
        assertThat(DecodingMemory.threads(16, 8192L << 20, LIMITS)).isEqualTo(8);
        assertThat(DecodingMemory.threads(2, 8192L << 20, LIMITS)).isEqualTo(2);
        assertThat(DecodingMemory.threads(2, 256L << 20, LIMITS)).isEqualTo(1);
    }

    @Test
    void theLargestImageFitsTheMemoryAndTheLimits() {
        // 150 MiB hold 10 Mi pixels of 15 bytes each; a file may take a quarter
        assertThat(DecodingMemory.limits(150L << 20, LIMITS)).isEqualTo(new ReadLimits((150L << 20) / 4, 10L << 20));
        assertThat(DecodingMemory.limits(8192L << 20, LIMITS)).isEqualTo(LIMITS);
    }
}
