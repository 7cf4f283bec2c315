package org.rtda.cli.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ImageOptionsTest {
    @Test
    void asManyImagesAreReadAtOnceAsFitTheMemory() {
        // the largest image takes 480 MiB
        assertThat(ImageOptions.threads(16, 1024L << 20)).isEqualTo(2);
        assertThat(ImageOptions.threads(16, 8192L << 20)).isEqualTo(8);
        assertThat(ImageOptions.threads(2, 8192L << 20)).isEqualTo(2);
        assertThat(ImageOptions.threads(2, 256L << 20)).isEqualTo(1);
    }
}
