package org.rtda.imaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.rtda.imaging.file.ImageFiles;

/** Pictures that other programs wrote hold the pixels that went into them. */
class GoldenPicturesTest {

    static List<GoldenImage> pictures() {
        return GoldenImage.ofResource("pictures");
    }

    @ParameterizedTest
    @MethodSource("pictures")
    void everySampleIsTheReferences(GoldenImage picture) {
        SampledImage wanted = picture.expected().get("none 1");

        DecodedImage read = ImageFiles.read(picture.content(), ReadOptions.defaults());

        assertThat(read.image()).isEqualTo(wanted);
        String kind = picture.name().substring(picture.name().indexOf('.') + 1);
        String format = kind.equals("PPM") && wanted.channels() == 1 ? "PGM" : kind;
        assertThat(read.facts()).isEqualTo(ImageFacts.of(format));
    }
}
