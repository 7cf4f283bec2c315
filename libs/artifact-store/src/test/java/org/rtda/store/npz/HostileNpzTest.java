package org.rtda.store.npz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rtda.store.InvalidDatasetException;

/** Files that are made to fill memory, a disk or a processor are refused from what they say of themselves. */
class HostileNpzTest {
    private static final NpzFile.Limits SMALL = new NpzFile.Limits(10, 4096, 1 << 20, 1 << 16, 100);

    @TempDir
    Path folder;

    private Path file(byte[] npz) throws IOException {
        return Files.write(folder.resolve("x.npz"), npz);
    }

    private NpzFile open(byte[] npz, NpzFile.Limits limits) throws IOException {
        return NpzFile.open(NpzSource.of(file(npz)), limits);
    }

    private void assertRefused(byte[] npz, String reason) {
        assertThatThrownBy(() -> open(npz, SMALL).close())
                .isInstanceOf(InvalidDatasetException.class)
                .hasMessageStartingWith("x.npz")
                .hasMessageContaining(reason);
    }

    private static NpzBytes zeros(String name, int bytes) {
        return new NpzBytes().array(name, "|u1", "(" + bytes + ",)", new byte[bytes]);
    }

    private static int end(byte[] npz) {
        return npz.length - 22;
    }

    private static ByteBuffer littleEndian(byte[] npz) {
        return ByteBuffer.wrap(npz).order(ByteOrder.LITTLE_ENDIAN);
    }

    @Test
    void aSoundFileIsWithinTheseLimits() throws IOException {
        open(NpzBytes.small().deflated(), SMALL).close();
        open(zeros("little", 60_000).deflated(), SMALL).close();
    }

    @Test
    void anArrayThatUnpacksToHundredsOfTimesItsSizeIsRefused() {
        // 10 bytes of magic and length, 63 of header
        assertRefused(zeros("bomb", 500_000).deflated(), "bomb.npy unpacks to 500073 bytes from ");
        assertRefused(zeros("bomb", 500_000).deflated(), "at most 100 times as many are taken");
    }

    @Test
    void theSameArrayIsNoBombWhereItIsStored() throws IOException {
        open(zeros("no bomb", 500_000).stored(), SMALL).close();
    }

    @Test
    void arraysThatAreTooLargeTogetherAreRefused() {
        NpzBytes npz = zeros("a", 600_000);
        npz.array("b", "|u1", "(600000,)", new byte[600_000]);

        assertRefused(npz.stored(), "unpacks to more than 1048576 bytes, the most that is taken");
    }

    @Test
    void tooManyArraysAreRefusedBeforeTheDirectoryIsRead() throws IOException {
        byte[] npz = NpzBytes.small().deflated();
        littleEndian(npz).putShort(end(npz) + 8, (short) 60_000).putShort(end(npz) + 10, (short) 60_000);

        assertRefused(npz, "must hold at most 10 arrays, holds 60000");
    }

    @Test
    void aDirectoryThatIsTooLargeIsRefusedBeforeItIsRead() {
        byte[] npz = zeros("n".repeat(5000), 1).deflated();

        assertRefused(npz, "must have a directory of at most 4096 bytes, has one of 5050");
    }

    @Test
    void whatStandsAfterTheEndIsRefusedSinceItMayBeAnotherEnd() {
        byte[] npz = NpzBytes.small().deflated();
        byte[] twice = ByteBuffer.allocate(npz.length + 22)
                .put(npz)
                .put(npz, end(npz), 21)
                .put((byte) 1)
                .array();

        assertRefused(twice, "something follows its end");
    }

    @Test
    void twoArraysOfOneNameAreRefused() {
        byte[] npz = new String(NpzBytes.small().stored(), StandardCharsets.ISO_8859_1)
                .replace("val_labels.npy", "val_images.npy")
                .getBytes(StandardCharsets.ISO_8859_1);

        assertRefused(npz, "holds two arrays named val_images.npy; which one is meant cannot be known");
    }

    /** Twenty bytes that claim a directory of two gibibytes. */
    @Test
    void whatAFileClaimsCostsNoMemory() throws IOException {
        byte[] npz = NpzBytes.small().deflated();
        littleEndian(npz).putInt(end(npz) + 12, Integer.MAX_VALUE);
        Path file = file(npz);
        long before = allocated();

        assertThatThrownBy(() -> NpzFile.open(NpzSource.of(file)))
                .hasMessage("x.npz must have a directory of at most 1048576 bytes, has one of 2147483647");

        assertThat(allocated() - before).isLessThan(4L << 20);
    }

    private static long allocated() {
        return ((com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean()).getCurrentThreadAllocatedBytes();
    }

    /** Read by a pattern that begins with blanks, as many blanks took as many steps squared. */
    @Test
    void aHeaderOfBlanksIsRead() throws IOException {
        String blanks = " ".repeat(60_000);
        byte[] text = ("{'descr': '|u1', 'fortran_order': False, 'shape': (3," + blanks + "4), }\n")
                .getBytes(StandardCharsets.UTF_8);
        byte[] npy = ByteBuffer.allocate(10 + text.length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0})
                .putShort((short) text.length)
                .put(text)
                .array();

        assertThat(NpyHeader.read(new ByteArrayInputStream(npy)).shape()).containsExactly(3, 4);

        text[60_000] = '7';
        System.arraycopy(text, 0, npy, 10, text.length);
        assertThatThrownBy(() -> NpyHeader.read(new ByteArrayInputStream(npy)))
                .isInstanceOf(InvalidDatasetException.class)
                .hasMessageStartingWith("has the unreadable shape (3,")
                .message()
                .hasSizeLessThan(200);
    }
}
