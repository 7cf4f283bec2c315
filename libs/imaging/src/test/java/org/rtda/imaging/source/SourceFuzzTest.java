package org.rtda.imaging.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * 2,000 damaged archives and tables, from fixed seeds: each is read, or refused by {@link InvalidSourceException} with words; nothing
 * else is thrown, and what is read lies inside the archive and its limits.
 */
class SourceFuzzTest {
    private static final int CASES = 1000;
    private static final long LIMIT = 1 << 16;

    @TempDir
    Path folder;

    @Test
    void damagedArchivesAreReadOrRefused() throws IOException {
        byte[] content = new byte[3000];
        new Random(1).nextBytes(content);
        byte[] sound = new ZipBytes()
                .file("ill/1.png", content)
                .file("ill/2.png", "short".getBytes(StandardCharsets.UTF_8))
                .file("well/3.png", new byte[500])
                .bytes();
        int read = 0;
        for (int seed = 0; seed < CASES; seed++) {
            read += isArchiveRead(damaged(sound, new Random(seed), ZipBytes.end(sound)), "seed " + seed) ? 1 : 0;
        }
        assertThat(read).as("some damage is harmless, most is not").isBetween(1, CASES - 1);
    }

    @Test
    void damagedTablesAreReadOrRefused() throws IOException {
        byte[] sound = ("file;label;patient;split;site;sex;age;laterality;view\n"
                        + "ill/1.png;\"ill; or not\";\"p\"\"1\";train;north;F;63;L;CC\n"
                        + "well/2.png;well;p2;test;south;M;018M;R;MLO\n")
                .getBytes(StandardCharsets.UTF_8);
        for (int seed = 0; seed < CASES; seed++) {
            byte[] table = damaged(sound, new Random(seed), 40);
            Path file = Files.write(folder.resolve("table.csv"), table);
            Files.createDirectories(folder.resolve("ill"));
            Files.write(folder.resolve("ill/1.png"), new byte[1]);
            try (ImageCollection found = ImageSources.open(file, SourceOptions.DEFAULT)) {
                assertThat(found.entries().size() + found.refused().size())
                        .as("seed " + seed)
                        .isLessThan(100);
                found.entries().forEach(entry -> assertThat(entry.path()).isIn("ill/1.png", "table.csv"));
            } catch (InvalidSourceException e) {
                assertThat(e.getMessage()).as("seed " + seed).isNotBlank();
            }
        }
    }

    private boolean isArchiveRead(byte[] zip, String seed) throws IOException {
        Path file = Files.write(folder.resolve("fuzzed.zip"), zip);
        try (ImageCollection found = ImageSources.open(file, SourceOptions.DEFAULT)) {
            boolean all = true;
            for (ImageEntry entry : found.entries()) {
                assertThat(entry.path()).as(seed).doesNotStartWith("/").doesNotContain("../");
                try {
                    assertThat(found.files().read(entry.path(), LIMIT).length)
                            .as(seed)
                            .isLessThanOrEqualTo((int) LIMIT);
                } catch (IOException e) {
                    assertThat(e.getMessage()).as(seed).isNotBlank();
                    all = false;
                }
            }
            return all && found.entries().size() == 3;
        } catch (InvalidSourceException e) {
            assertThat(e.getMessage()).as(seed).isNotBlank();
            return false;
        }
    }

    /** Cut, with changed bytes, or with a number that is far too large; half of the places from {@code often} on. */
    private static byte[] damaged(byte[] sound, Random random, int often) {
        int kind = random.nextInt(4);
        if (kind == 0) {
            return Arrays.copyOf(sound, random.nextInt(sound.length));
        }
        byte[] bytes = sound.clone();
        for (int i = 0; i <= random.nextInt(4); i++) {
            int from = random.nextBoolean() ? Math.max(0, often - 160) : 0;
            int at = from + random.nextInt(bytes.length - from);
            if (kind == 1) {
                bytes[at] ^= (byte) (1 << random.nextInt(8));
            } else if (kind == 2) {
                bytes[at] = (byte) random.nextInt(256);
            } else {
                Arrays.fill(bytes, at, Math.min(bytes.length, at + 4), (byte) 0xff);
            }
        }
        return bytes;
    }
}
