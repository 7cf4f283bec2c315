package org.rtda.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.function.IntUnaryOperator;
import org.junit.jupiter.api.Test;
import org.rtda.contracts.dataset.ObjectRef;

class ChecksumsTest {
    private static final String ZEROES_SHA256 = "66687aadf862bd776c8fc18b8e9f8e20089714856ee233b3902a591d0d5f2925";

    private static byte[] bytes(IntUnaryOperator value) {
        byte[] bytes = new byte[32];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) value.applyAsInt(i);
        }
        return bytes;
    }

    private static Checksums of(Checksums sums, byte[] content) {
        sums.add(content, 0, 5);
        sums.add(content, 5, content.length - 5);
        return sums;
    }

    /** RFC 3720, appendix B.4. */
    @Test
    void theFastSumIsTheOneOfTheStandard() {
        assertThat(of(Checksums.both(), bytes(i -> 0)).ref("k"))
                .isEqualTo(new ObjectRef("k", ZEROES_SHA256, 32, "8a9136aa"));
        assertThat(of(Checksums.both(), bytes(i -> 0xff)).ref("k").crc32c()).isEqualTo("62a8ab43");
        assertThat(of(Checksums.both(), bytes(i -> i)).ref("k").crc32c()).isEqualTo("46dd794e");
        assertThat(of(Checksums.both(), bytes(i -> 31 - i)).ref("k").crc32c()).isEqualTo("113fdb5c");
    }

    @Test
    void theFastSumAloneIsComparedWhereAReferenceHasIt() {
        ObjectRef fast = new ObjectRef("transient/e/k", "not looked at", 32, "8a9136aa");
        assertThatCode(() -> of(Checksums.comparableTo(fast), bytes(i -> 0)).require(fast))
                .doesNotThrowAnyException();
        assertThatThrownBy(() -> of(Checksums.comparableTo(fast), bytes(i -> i)).require(fast))
                .isInstanceOf(ArtifactCorruptException.class)
                .hasMessageContaining("crc32c 8a9136aa (32 bytes)")
                .hasMessageContaining("crc32c 46dd794e (32 bytes)");
    }

    /** Whoever submits an experiment names weights with their sums, which are told as what a model began from. */
    @Test
    void ofWhatLastsTheFastSumDoesNotStandForTheOther() {
        ObjectRef named = new ObjectRef("experiments/e/weights", "not its sum", 32, "8a9136aa");
        assertThatThrownBy(
                        () -> of(Checksums.comparableTo(named), bytes(i -> 0)).require(named))
                .isInstanceOf(ArtifactCorruptException.class)
                .hasMessageContaining("sha256 " + ZEROES_SHA256);
    }

    @Test
    void elseTheOther() {
        ObjectRef lasting = new ObjectRef("k", ZEROES_SHA256, 32);
        assertThatCode(() -> of(Checksums.comparableTo(lasting), bytes(i -> 0)).require(lasting))
                .doesNotThrowAnyException();
        assertThatThrownBy(
                        () -> of(Checksums.comparableTo(lasting), bytes(i -> i)).require(lasting))
                .isInstanceOf(ArtifactCorruptException.class)
                .hasMessageContaining("sha256 " + ZEROES_SHA256);
    }

    @Test
    void anotherLengthIsAnotherContentWhateverItsSum() {
        ObjectRef longer = new ObjectRef("k", ZEROES_SHA256, 33, "8a9136aa");
        assertThatThrownBy(
                        () -> of(Checksums.comparableTo(longer), bytes(i -> 0)).require(longer))
                .isInstanceOf(ArtifactCorruptException.class)
                .hasMessageContaining("(33 bytes)")
                .hasMessageContaining("(32 bytes)");
        ObjectRef shorter = new ObjectRef("k", ZEROES_SHA256, 31, "8a9136aa");
        assertThatThrownBy(
                        () -> of(Checksums.comparableTo(shorter), bytes(i -> 0)).require(shorter))
                .isInstanceOf(ArtifactCorruptException.class)
                .hasMessageContaining("more bytes");
    }
}
