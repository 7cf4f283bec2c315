package org.rtda.imaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PatientKeyTest {
    private static final PatientKey KEY =
            PatientKey.of("0123456789abcdef0123456789abcdef".getBytes(StandardCharsets.US_ASCII));

    @TempDir
    private Path folder;

    @Test
    void theHashIsHmacSha256OfTheIdentifier() {
        // printf P-17 | openssl dgst -sha256 -hmac 0123456789abcdef0123456789abcdef
        assertThat(KEY.hash("P-17")).isEqualTo("7e7bf05cc8e3b952329b81cf521f4ff8b4c560a6514d20ede44653525ee91abd");
    }

    @Test
    void theIssuerCountsAndSpacesDoNot() {
        // printf 'P-17\0Hospital A' | openssl dgst -sha256 -hmac 0123456789abcdef0123456789abcdef
        assertThat(KEY.hash("P-17", "Hospital A"))
                .isEqualTo("06babe2e0f093a839776818c9a4d76cb993a7363ca19b33f6b547490544183c8");
        assertThat(KEY.hash(" P-17 ", " Hospital A ")).isEqualTo(KEY.hash("P-17", "Hospital A"));
        assertThat(KEY.hash("P-17", "  ")).isEqualTo(KEY.hash("P-17"));
    }

    @Test
    void anIdentifierIsTheSameHoweverItsAccentsAreWritten() {
        PatientKey key = PatientKey.of(new byte[PatientKey.BYTES]);

        assertThat(key.hash("Mu\u0308ller")).isEqualTo(key.hash("M\u00fcller")).isNotEqualTo(key.hash("Muller"));
    }

    @Test
    void aBlankIdentifierIsRefused() {
        assertThatThrownBy(() -> KEY.hash("  ")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void theKeyIsMadeOnFirstUseForItsOwnerAloneAndIsTheSameAfterwards() throws IOException {
        Path file = folder.resolve("new/key");

        String first = PatientKey.load(file).hash("P-17");

        assertThat(PatientKey.load(file).hash("P-17")).isEqualTo(first);
        assertThat(Files.size(file)).isEqualTo(32);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(file.getParent()).isDirectoryNotContaining("glob:**.part");
        assertThat(PatientKey.load(folder.resolve("another")).hash("P-17")).isNotEqualTo(first);
    }

    @Test
    void aKeyThatOthersCanReadIsRefused() throws IOException {
        Path file = Files.write(folder.resolve("key"), new byte[32]);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));

        assertThatThrownBy(() -> PatientKey.load(file))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("this file has rw-r-----; change it with chmod 600");
    }

    @Test
    void aFileThatIsNoKeyIsRefused() throws IOException {
        Path file = Files.write(folder.resolve("key"), new byte[5]);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));

        assertThatThrownBy(() -> PatientKey.load(file))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("must have 32 bytes, this file has 5");
    }
}
