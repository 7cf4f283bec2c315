package org.rtda.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.rtda.contracts.dataset.ObjectRef;

/** Content that is used while it comes: when the result counts, and whose failure one is. */
class ContentTest {
    private static final byte[] ZEROES = new byte[32];
    private static final ObjectRef REF = new ObjectRef("transient/e/k", "not looked at", 32, "8a9136aa");
    private static final ContentReader<Integer> FIRST_BYTE = InputStream::read;

    private static InputStream of(byte[] content) {
        return new ByteArrayInputStream(content);
    }

    private static byte[] flipped() {
        byte[] content = ZEROES.clone();
        content[31] ^= 1;
        return content;
    }

    @Test
    void whatTheReaderMakesIsHandedOutWhenAllBytesAreRight() throws IOException {
        assertThat(Content.read(REF, of(ZEROES), FIRST_BYTE)).isZero();
    }

    @Test
    void notWhereOneIsWrongThatTheReaderDidNotLookAt() {
        assertThatThrownBy(() -> Content.read(REF, of(flipped()), FIRST_BYTE))
                .isInstanceOf(ArtifactCorruptException.class);
    }

    @Test
    void norWhereOneIsMissingOrTooMany() {
        for (int length : new int[] {0, 31, 33, 1000}) {
            assertThatThrownBy(() -> Content.read(REF, of(Arrays.copyOf(ZEROES, length)), FIRST_BYTE))
                    .as("%d bytes", length)
                    .isInstanceOf(ArtifactCorruptException.class);
        }
    }

    @Test
    void aReaderThatFailsOnWrongBytesIsNotToBlame() {
        ContentReader<Integer> picky = content -> {
            if (content.readAllBytes()[31] != 0) {
                throw new IllegalArgumentException("31 must be 0");
            }
            return 0;
        };
        assertThatThrownBy(() -> Content.read(REF, of(flipped()), picky)).isInstanceOf(ArtifactCorruptException.class);
    }

    @Test
    void aReaderThatFailsOnTheRightBytesIs() {
        IllegalArgumentException own = new IllegalArgumentException("own");
        assertThatThrownBy(() -> Content.read(REF, of(ZEROES), content -> {
                    throw own;
                }))
                .isSameAs(own);
        assertThatThrownBy(() -> Content.read(REF, of(ZEROES), content -> {
                    throw new IOException("own");
                }))
                .isInstanceOf(UncheckedIOException.class);
    }

    /** Which is tried again, where an altered object is not. */
    @Test
    void aConnectionThatBreaksIsNoAlteredObject() {
        IOException broken = new IOException("connection reset");
        InputStream breaking = new InputStream() {
            private int left = 3;

            @Override
            public int read() throws IOException {
                if (left-- == 0) {
                    throw broken;
                }
                return 0;
            }

            @Override
            public int read(byte[] into, int offset, int length) throws IOException {
                into[offset] = (byte) read();
                return 1;
            }
        };
        assertThatThrownBy(() -> Content.read(REF, breaking, InputStream::readAllBytes))
                .isSameAs(broken);
    }

    @Test
    void aWriterThatWritesAnotherNumberOfBytesIsAMistake() {
        assertThatThrownBy(() -> Content.Written.by(out -> out.write(ZEROES), "k", 33))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("object k was to have 33 bytes, and 32 were written");
    }

    @Test
    void bytesWrittenOneByOneCountLikeOthers() {
        Content.Written written = Content.Written.by(
                out -> {
                    out.write(0);
                    out.write(ZEROES, 1, 31);
                },
                "k",
                32);
        assertThat(written.bytes()).isEqualTo(ZEROES);
        assertThat(written.ref().crc32c()).isEqualTo("8a9136aa");
    }
}
