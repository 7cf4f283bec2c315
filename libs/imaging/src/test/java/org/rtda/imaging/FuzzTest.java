package org.rtda.imaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.rtda.imaging.file.ImageFiles;

/**
 * Whatever happens to a file's bytes, it is read within the limits or refused as {@link UnreadableImageException}, and takes memory
 * in proportion to the limits. Every golden file of every reader is damaged in each of these ways; the seeds are fixed.
 */
class FuzzTest {
    private static final ReadLimits LIMITS = new ReadLimits(1 << 20, 1 << 18);

    /** Far above what the largest image within the limits takes with every copy of it, far below what a header can claim. */
    private static final long MOST_BYTES = 256L << 20;

    private static final List<GoldenImage> FILES = Stream.concat(
                    Stream.of("pictures", "dicom").flatMap(name -> GoldenImage.ofResource(name).stream()), further())
            .toList();

    enum Damage {
        CUT {
            @Override
            byte[] of(byte[] whole, Random random) {
                return Arrays.copyOf(whole, random.nextInt(whole.length));
            }
        },
        FLIPPED_BITS {
            @Override
            byte[] of(byte[] whole, Random random) {
                byte[] bytes = whole.clone();
                for (int i = random.nextInt(8); i >= 0; i--) {
                    bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
                }
                return bytes;
            }
        },
        FLIPPED_BITS_OF_THE_HEADER {
            @Override
            byte[] of(byte[] whole, Random random) {
                byte[] bytes = whole.clone();
                int header = bytes.length > 400 ? 128 : 0;
                for (int i = random.nextInt(3); i >= 0; i--) {
                    bytes[header + random.nextInt(Math.min(bytes.length - header, 300))] ^= (byte) random.nextInt(256);
                }
                return bytes;
            }
        },
        OVERWRITTEN_LENGTHS {
            private final int[] lengths = {-1, Integer.MAX_VALUE, Integer.MIN_VALUE, 0, 1, 0xffff, 0xffff0000, 0x10000};

            @Override
            byte[] of(byte[] whole, Random random) {
                ByteBuffer bytes = ByteBuffer.wrap(whole.clone());
                int at = random.nextInt(whole.length - 4);
                int length = lengths[random.nextInt(lengths.length)];
                if (random.nextBoolean()) {
                    bytes.putShort(at, (short) length);
                } else {
                    bytes.putInt(at, length);
                }
                return bytes.array();
            }
        },
        REPEATED_PARTS {
            @Override
            byte[] of(byte[] whole, Random random) {
                int from = random.nextInt(whole.length - 1);
                int size = 1 + random.nextInt(Math.min(64, whole.length - from - 1) + 1);
                ByteArrayOutputStream bytes = new ByteArrayOutputStream();
                bytes.write(whole, 0, from);
                for (int i = 0; i < 4096; i++) {
                    bytes.write(whole, from, Math.min(size, whole.length - from));
                }
                bytes.write(whole, from, whole.length - from);
                return bytes.toByteArray();
            }
        },
        ANOTHER_FILES_END {
            @Override
            byte[] of(byte[] whole, Random random) {
                byte[] other = FILES.get(random.nextInt(FILES.size())).content();
                byte[] bytes = Arrays.copyOf(whole, Math.max(whole.length, other.length));
                int from = random.nextInt(bytes.length);
                System.arraycopy(other, Math.min(from, other.length), bytes, from, Math.max(0, other.length - from));
                return bytes;
            }
        };

        abstract byte[] of(byte[] whole, Random random);
    }

    /** What no golden file is: a picture in text, and JPEG Lossless outside of DICOM. */
    private static Stream<GoldenImage> further() {
        byte[] text = "P2\n# drawn by hand\n4 2\n255\n0 1 2 3\n252 253 254 255\n".getBytes(StandardCharsets.US_ASCII);
        GoldenImage dicom = GoldenImage.ofResource("dicom").stream()
                .filter(file -> file.name().equals("grey12-jpeg-lossless-70.dcm"))
                .findFirst()
                .orElseThrow();
        String bytes = new String(dicom.content(), StandardCharsets.ISO_8859_1);
        byte[] frame = bytes.substring(bytes.indexOf("\u00ff\u00d8\u00ff"), bytes.lastIndexOf("\u00ff\u00d9") + 2)
                .getBytes(StandardCharsets.ISO_8859_1);
        return Stream.of(
                new GoldenImage("text.PGM", text, "", Map.of()), new GoldenImage("lossless.JPEG", frame, "", Map.of()));
    }

    @Test
    void everyFormatAndTransferSyntaxThatIsReadIsAmongTheFiles() {
        Set<String> formats = new TreeSet<>();
        for (GoldenImage file : FILES) {
            try {
                formats.add(
                        ImageFiles.read(file.content(), ReadOptions.defaults().withFrame(1))
                                .facts()
                                .format());
            } catch (UnreadableImageException refused) {
                assertThat(file.name()).as(refused.getMessage()).contains("jpeg-");
            }
        }
        assertThat(formats)
                .containsExactlyInAnyOrder(
                        "BMP",
                        "JPEG",
                        "PGM",
                        "PNG",
                        "PPM",
                        "TIFF",
                        "DICOM Implicit VR Little Endian",
                        "DICOM Explicit VR Little Endian",
                        "DICOM Deflated Explicit VR Little Endian",
                        "DICOM Explicit VR Big Endian",
                        "DICOM RLE Lossless",
                        "DICOM JPEG Baseline",
                        "DICOM JPEG Extended",
                        "DICOM JPEG Lossless",
                        "DICOM JPEG 2000 Lossless",
                        "DICOM JPEG 2000");
        for (String name : List.of("text.PGM", "lossless.JPEG")) {
            GoldenImage file = FILES.stream()
                    .filter(any -> any.name().equals(name))
                    .findFirst()
                    .orElseThrow();
            assertThat(ImageFiles.read(file.content(), ReadOptions.defaults())
                            .image()
                            .channels())
                    .as(name)
                    .isEqualTo(1);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aDamagedFileIsReadWithinTheLimitsOrRefused(Damage damage) {
        for (int i = 0; i < FILES.size(); i++) {
            for (int round = 0; round < 3; round++) {
                long seed = 1000L * damage.ordinal() + 10L * i + round;
                byte[] bytes = damage.of(FILES.get(i).content(), new Random(seed));
                // with its check sums a damaged PNG file would never get beyond them
                read(round == 0 ? bytes : withCheckSums(bytes), FILES.get(i).name() + ", seed " + seed);
            }
        }
    }

    private static void read(byte[] bytes, String what) {
        long before = allocated();
        try {
            SampledImage image = ImageFiles.read(
                            bytes, ReadOptions.defaults().withLimits(LIMITS).withFrame(1))
                    .image();
            assertThat((long) image.width() * image.height()).as(what).isLessThanOrEqualTo(LIMITS.pixels());
        } catch (UnreadableImageException e) {
            assertThat(e).as(what).hasMessageMatching("(?s)[A-Z0-9].+\\.").hasNoCause();
        } catch (RuntimeException | Error e) {
            throw new AssertionError(what, e);
        }
        assertThat(allocated() - before).as("bytes taken for " + what).isLessThan(MOST_BYTES);
    }

    private static long allocated() {
        return ((com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean()).getCurrentThreadAllocatedBytes();
    }

    /** A PNG file whose chunks have the check sums of what they hold; anything else as it is. */
    private static byte[] withCheckSums(byte[] bytes) {
        ByteBuffer png = ByteBuffer.wrap(bytes.clone());
        if (bytes.length < 8 || bytes[1] != 'P' || bytes[2] != 'N') {
            return bytes;
        }
        int at = 8;
        while (at + 12 <= bytes.length) {
            int length = png.getInt(at);
            if (length < 0 || length > bytes.length - at - 12) {
                break;
            }
            CRC32 sum = new CRC32();
            sum.update(bytes, at + 4, length + 4);
            png.putInt(at + 8 + length, (int) sum.getValue());
            at += 12 + length;
        }
        return png.array();
    }
}
