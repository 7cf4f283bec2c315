package org.rtda.imaging.dicom;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class PydicomFilesTest {

    @Test
    void explore() throws IOException {
        String file = System.getenv("RTDA_PYDICOM_GOLDEN");
        assumeTrue(file != null, "skipped: RTDA_PYDICOM_GOLDEN does not name the container that dicom_golden.py makes");
        for (String one : file.split(":")) {
            try (InputStream in = Files.newInputStream(Path.of(one))) {
                for (GoldenDicom golden : GoldenDicom.read(in)) {
                    String result;
                    try {
                        GoldenDicom.Comparison c = golden.compare();
                        result = c.isRefused()
                                ? "REFUSED " + c.refusal()
                                : "max " + c.difference() + " share " + c.share();
                    } catch (Throwable t) {
                        result = "FAIL " + t;
                    }
                    System.out.println("@@ " + golden.name() + " | "
                            + golden.expected().size() + " " + golden.undecoded() + " | " + result);
                }
            }
        }
        assertThat(file).isNotNull();
    }
}
