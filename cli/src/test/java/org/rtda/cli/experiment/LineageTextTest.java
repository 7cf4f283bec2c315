package org.rtda.cli.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.rtda.contracts.EventCodec;

class LineageTextTest {

    @Test
    void imagesOfUnknownSourceFilesAreNotSaidToComeFromAnArrayFile() throws IOException {
        assertThat(text("null"))
                .contains("  test: 4 images of an array file, SHA-256 ab")
                .doesNotContain("missing");

        assertThat(text("\"the store does not give it\""))
                .contains("  missing: the store does not give it\n")
                .contains("  test: 4 images of source files that are not known, SHA-256 ab");
    }

    private static String text(String missing) throws IOException {
        return LineageText.of(EventCodec.mapper()
                .readTree("{\"experiment\":\"exp-1\",\"dataset\":{\"name\":\"busi\",\"missing\":" + missing
                        + ",\"details\":{\"splits\":{\"test\":{\"images\":4,\"sourceFiles\":null,"
                        + "\"sourceSha256\":\"ab\"}}}}}"));
    }
}
