package org.rtda.imaging.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ZipTreeTest {
    private static final byte[] SMALL = "content".getBytes(StandardCharsets.UTF_8);

    @TempDir
    Path folder;

    @Test
    void filesAreReadAndWhatSystemsLeaveBehindIsNot() throws IOException {
        try (ZipTree tree = open(new ZipBytes()
                .file("b/2.png", SMALL)
                .file("a/", new byte[0])
                .file("a/1.png", new byte[] {1, 2})
                .file("__MACOSX/a/._1.png", SMALL)
                .file("a/.hidden", SMALL)
                .bytes())) {
            assertThat(tree.paths()).containsExactly("a/1.png", "b/2.png");
            assertThat(tree.read("a/1.png", 10)).containsExactly(1, 2);
            assertThatThrownBy(() -> tree.read("b/2.png", 6)).hasMessage("unpacks to 7 bytes; at most 6 are read");
            assertThatThrownBy(() -> tree.read("c", 10)).hasMessage("is not in the archive");
        }
    }

    @Test
    void pathsThatLeaveTheArchiveAreRefused() {
        for (String path : new String[] {"../out.png", "a/../../out.png", "a\\..\\out.png"}) {
            assertThatThrownBy(() -> open(new ZipBytes().file(path, SMALL).bytes()))
                    .isInstanceOf(InvalidSourceException.class)
                    .hasMessage("set.zip: " + path.replace('\\', '/')
                            + " leads out of the archive; paths must lie inside it");
        }
        for (String path : new String[] {"/etc/passwd", "C:/out.png", "C:\\out.png", "\\out.png"}) {
            assertThatThrownBy(() -> open(new ZipBytes().file(path, SMALL).bytes()))
                    .isInstanceOf(InvalidSourceException.class)
                    .hasMessageEndingWith("is an absolute path; paths must lie inside it");
        }
    }

    @Test
    void linksAreRefused() {
        byte[] zip = new ZipBytes().file("a/1.png", SMALL).file("a/link", SMALL).bytes();
        int entry = ZipBytes.entry(zip, 1);
        // made by Unix, a link with all rights
        ZipBytes.putShort(zip, entry + 4, 3 << 8 | 20);
        ZipBytes.putInt(zip, entry + 38, 0xa1ff << 16);

        assertThatThrownBy(() -> open(zip))
                .hasMessage(
                        "set.zip: a/link is a link, and links in archives are not followed. Pack the file that it points"
                                + " to.");
    }

    @Test
    void encryptedFilesAndOtherMethodsAreRefused() {
        byte[] encrypted = new ZipBytes().file("a/1.png", SMALL).bytes();
        ZipBytes.putShort(encrypted, ZipBytes.entry(encrypted, 0) + 8, 1);
        assertThatThrownBy(() -> open(encrypted))
                .hasMessage("set.zip: a/1.png is encrypted. Pack the files without a password.");

        byte[] lzma = new ZipBytes().file("a/1.png", SMALL).bytes();
        ZipBytes.putShort(lzma, ZipBytes.entry(lzma, 0) + 10, 14);
        assertThatThrownBy(() -> open(lzma))
                .hasMessage("set.zip: a/1.png is packed by method 14; stored (0) and deflated (8) files are read");
    }

    @Test
    void twoFilesOfOneNameAreRefused() {
        byte[] zip =
                new ZipBytes().file("a/1.png", SMALL).file("a/2.png", SMALL).bytes();
        zip[ZipBytes.entry(zip, 1) + 46 + 2] = '1';

        assertThatThrownBy(() -> open(zip))
                .hasMessage("set.zip holds two entries named a/1.png; which one is meant cannot be known");
    }

    @Test
    void moreEntriesThanAllowedAreRefusedBeforeTheyAreRead() {
        byte[] zip = new ZipBytes()
                .file("a", SMALL)
                .file("b", SMALL)
                .file("c", SMALL)
                .bytes();

        assertThatThrownBy(() -> open(zip, new ZipLimits(2, 1000, 200)))
                .hasMessage(
                        "set.zip holds 3 entries; at most 2 are taken. Import it in parts, or unpack it and import the"
                                + " folder.");
    }

    @Test
    void namesThatTakeTooMuchMemoryAreRefusedBeforeTheyAreRead() {
        // 17 entries may take 512 bytes each and a mebibyte; each takes 46 and a path of 65,000
        ZipBytes zip = new ZipBytes();
        for (int i = 0; i < 17; i++) {
            zip.file((char) ('a' + i) + "x".repeat(64_999), SMALL);
        }

        assertThatThrownBy(() -> open(zip.bytes(), new ZipLimits(17, 1 << 20, 200)))
                .hasMessage(
                        "set.zip names its files in 1105782 bytes; at most 1057280 are taken. Give them shorter paths, or"
                                + " import them in parts.");
    }

    @Test
    void aPathThatIsTooLongOrTooDeepIsRefused() {
        byte[] deepest = new ZipBytes().file("a/".repeat(64) + "1.png", SMALL).bytes();
        assertThatCode(() -> open(deepest).close()).doesNotThrowAnyException();

        assertThatThrownBy(() -> open(
                        new ZipBytes().file("a/".repeat(65) + "1.png", SMALL).bytes()))
                .hasMessageContaining(" has a path of 135 characters; at most 4096 and 64 folders are taken");
        assertThatThrownBy(() ->
                        open(new ZipBytes().file("a/" + "x".repeat(4095), SMALL).bytes()))
                .hasMessageContaining(" has a path of 4097 characters; at most 4096");
    }

    @Test
    void bytesOfAllFilesTogetherAreLimited() {
        byte[] zip =
                new ZipBytes().file("a", new byte[600]).file("b", new byte[600]).bytes();

        assertThatThrownBy(() -> open(zip, new ZipLimits(10, 1000, 200)))
                .hasMessage("set.zip unpacks to more than 1000 bytes, the most that is taken. Import it in parts.");
    }

    @Test
    void aDirectoryThatSaysItHasLessThanNothingIsDamaged() {
        ZipBytes zip = new ZipBytes().file("a", SMALL);
        int directory = ZipBytes.entry(zip.bytes(), 0);
        for (long[] numbers : new long[][] {
            {1, -5, 0},
            {-1, 47, directory},
            {1, 47, -1},
            {1, 47, Long.MAX_VALUE},
            {1, Long.MIN_VALUE, 0},
            {1, 46, directory}
        }) {
            assertThatThrownBy(() -> open(zip.bytesWithLargeEnd(numbers[0], numbers[1], numbers[2])))
                    .hasMessage("set.zip is damaged: its directory is not what its end says. Get it again.");
        }
        assertThatCode(() -> open(zip.bytesWithLargeEnd(1, 47, directory)).close())
                .doesNotThrowAnyException();
    }

    /** One file of seven bytes, and one of so many that a sum is too large for a number. */
    @Test
    void sizesWhoseSumIsNoNumberAreMoreThanIsTaken() {
        byte[] zip = new ZipBytes().file("a", SMALL).file("b", SMALL).bytes();
        for (long size : new long[] {Long.MAX_VALUE, Long.MAX_VALUE - 7, -1, Long.MIN_VALUE}) {
            assertThatThrownBy(() -> open(ZipBytes.withLargeSize(zip, 1, size)))
                    .hasMessageContaining(" unpacks to more than ");
        }
    }

    /** Bytes of the directory and of its end in any state: an archive is read, or refused in a sentence. */
    @Test
    void whateverADirectorySaysIsReadOrRefused() throws IOException {
        byte[] sound = ZipBytes.withLargeSize(
                new ZipBytes().file("a/1.png", SMALL).file("a/2.png", SMALL).bytes(), 1, SMALL.length);
        ZipTree whole = open(sound);
        assertThat(whole.paths()).hasSize(2);
        whole.close();
        int directory = ZipBytes.entry(sound, 0);
        Random random = new Random(7);
        for (int attempt = 0; attempt < 2000; attempt++) {
            byte[] damaged = sound.clone();
            for (int change = 0; change <= random.nextInt(4); change++) {
                int at = directory + random.nextInt(damaged.length - directory);
                damaged[at] = (byte) (random.nextBoolean() ? random.nextInt(256) : -1);
            }
            try (ZipTree tree = open(damaged)) {
                for (String path : tree.paths()) {
                    tree.read(path, 100);
                }
            } catch (InvalidSourceException | IOException refused) {
                assertThat(refused).hasMessageNotContaining("java.").hasMessageNotContaining(folder.toString());
            }
        }
    }

    @Test
    void bombsAreRefusedByTheirRatio() {
        // zeros deflate to about a thousandth
        assertThatThrownBy(() -> open(
                        new ZipBytes().file("a/bomb.png", new byte[4 << 20]).bytes()))
                .hasMessageStartingWith("set.zip: a/bomb.png unpacks to 4194304 bytes from ")
                .hasMessageContaining("; at most 200 times as many are taken");
    }

    @Test
    void aFileThatUnpacksToMoreThanItSaysIsDamaged() throws IOException {
        byte[] zip = new ZipBytes().file("a/1.png", new byte[500]).bytes();
        ZipBytes.putInt(zip, ZipBytes.entry(zip, 0) + 24, 100);

        try (ZipTree tree = open(zip)) {
            assertThatThrownBy(() -> tree.read("a/1.png", 1000)).isInstanceOf(IOException.class);
        }
    }

    @Test
    void aChangedByteIsFoundByTheChecksum() throws IOException {
        byte[] zip = new ZipBytes().file("a/1.png", SMALL).bytes();
        ZipBytes.putInt(zip, ZipBytes.entry(zip, 0) + 16, 12345);

        try (ZipTree tree = open(zip)) {
            assertThatThrownBy(() -> tree.read("a/1.png", 1000))
                    .hasMessage("is damaged: its checksum is not the one that the archive names");
        }
    }

    @Test
    void namesOfOldProgramsAreRead() throws IOException {
        byte[] zip = new ZipBytes().file("aXb/1.png", SMALL).bytes();
        // 0x81 is a u with dots in the code page of DOS, and no UTF-8
        zip[ZipBytes.entry(zip, 0) + 46 + 1] = (byte) 0x81;
        zip[30 + 1] = (byte) 0x81;
        // without the mark that names are UTF-8
        ZipBytes.putShort(zip, ZipBytes.entry(zip, 0) + 8, 8);
        ZipBytes.putShort(zip, 6, 8);

        try (ZipTree tree = open(zip)) {
            assertThat(tree.paths()).containsExactly("a\u00fcb/1.png");
            assertThat(tree.read("a\u00fcb/1.png", 10)).isEqualTo(SMALL);
        }
    }

    @Test
    void namesThatAreMarkedAsUtf8AreReadBesideOnesOfOldPrograms() throws IOException {
        byte[] zip = new ZipBytes()
                .file("aXb/1.png", SMALL)
                .file("\u00e9/2.png", SMALL)
                .bytes();
        // the first entry is of an old program, 0x81 is a u with dots there; the second keeps the mark
        zip[ZipBytes.entry(zip, 0) + 46 + 1] = (byte) 0x81;
        zip[30 + 1] = (byte) 0x81;
        ZipBytes.putShort(zip, ZipBytes.entry(zip, 0) + 8, 8);
        ZipBytes.putShort(zip, 6, 8);

        try (ZipTree tree = open(zip)) {
            assertThat(tree.paths()).containsExactly("a\u00fcb/1.png", "\u00e9/2.png");
            assertThat(tree.read("a\u00fcb/1.png", 10)).isEqualTo(SMALL);
            assertThat(tree.read("\u00e9/2.png", 10)).isEqualTo(SMALL);
        }
    }

    @Test
    void aNameWithoutTheMarkIsReadAsUtf8WhereItIs() throws IOException {
        byte[] zip = new ZipBytes().file("\u00e9/2.png", SMALL).bytes();
        ZipBytes.putShort(zip, ZipBytes.entry(zip, 0) + 8, 8);
        ZipBytes.putShort(zip, 6, 8);

        try (ZipTree tree = open(zip)) {
            assertThat(tree.paths()).containsExactly("\u00e9/2.png");
            assertThat(tree.read("\u00e9/2.png", 10)).isEqualTo(SMALL);
        }
    }

    @Test
    void oneNameOfAnOldProgramLeavesTheOthersAsTheyAre() throws IOException {
        byte[] zip = new ZipBytes()
                .file("aXb/1.png", new byte[] {1})
                .file("\u00e9/2.png", SMALL)
                .bytes();
        // neither has the mark; 0x81 is a u with dots in code page 437, and alone it is no UTF-8
        int first = ZipBytes.entry(zip, 0);
        int second = ZipBytes.entry(zip, 1);
        zip[first + 46 + 1] = (byte) 0x81;
        zip[30 + 1] = (byte) 0x81;
        for (int entry : new int[] {first, second}) {
            ZipBytes.putShort(zip, entry + 8, 8);
            ZipBytes.putShort(
                    zip, ByteBuffer.wrap(zip).order(ByteOrder.LITTLE_ENDIAN).getInt(entry + 42) + 6, 8);
        }

        try (ZipTree tree = open(zip)) {
            assertThat(tree.paths()).containsExactly("a\u00fcb/1.png", "\u00e9/2.png");
            assertThat(tree.read("a\u00fcb/1.png", 10)).isEqualTo(new byte[] {1});
            assertThat(tree.read("\u00e9/2.png", 10)).isEqualTo(SMALL);
        }
    }

    @Test
    void whatIsCutOffIsRefused() {
        byte[] zip = new ZipBytes().file("a/1.png", SMALL).bytes();

        assertThatThrownBy(() -> open(java.util.Arrays.copyOf(zip, zip.length - 1)))
                .hasMessage("set.zip is not a complete ZIP archive; was it cut off?");
    }

    private ZipTree open(byte[] zip) throws IOException {
        return open(zip, ZipLimits.DEFAULT);
    }

    private ZipTree open(byte[] zip, ZipLimits limits) throws IOException {
        return ZipTree.open(Files.write(folder.resolve("set.zip"), zip), "set.zip", limits);
    }
}
