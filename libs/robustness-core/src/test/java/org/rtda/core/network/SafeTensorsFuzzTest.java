package org.rtda.core.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.rtda.core.Tensor;

/** 400 damaged files, from fixed seeds: each is read, or refused in a short sentence, in memory that depends on the file's own size. */
class SafeTensorsFuzzTest {
    private static final int CASES = 400;

    /** The largest header as a tree; a hundred times less than what a header can claim. */
    private static final long MOST_BYTES = 128L << 20;

    private static final byte[] SOUND = sound();

    private static byte[] sound() {
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        tensors.put("stem.weight", new Tensor(new long[] {2, 3}, new float[] {1, 2, 3, 4, 5, 6}));
        tensors.put("stem.bias", new Tensor(new long[] {2}, new float[] {7, 8}));
        tensors.put("scale", new Tensor(new long[0], new float[] {9}));
        return SafeTensors.encode(new Weights(tensors), Map.of("step", "11"));
    }

    @Test
    void damagedFilesAreReadOrRefused() {
        int read = 0;
        for (int seed = 0; seed < CASES; seed++) {
            read += isRead(damaged(new Random(seed)), "seed " + seed) ? 1 : 0;
        }
        assertThat(read).as("some damage is harmless, most is not").isBetween(1, CASES / 2);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"[", "{\"a\":", "\"", "{\"a\":{\"shape\":[", "{\"a\":{\"dtype\":\"F32\",\"shape\":[0,", "9"})
    void aHeaderOfOnePieceRepeatedIsRefusedInAShortSentence(String piece) {
        String text = "{\"a\":" + piece.repeat((SafeTensors.MOST_HEADER_BYTES - 8) / piece.length());

        assertThat(isRead(file(text.length(), text), piece)).isFalse();
    }

    @Test
    void aTensorMayHaveALongNameAndItsMessageStaysShort() {
        String name = "x".repeat(40_000);
        String text = "{\"" + name + "\":{\"dtype\":\"F64\",\"shape\":[1],\"data_offsets\":[0,4]}}";

        assertThatThrownBy(() -> SafeTensors.decode(file(text.length(), text)))
                .isInstanceOf(InvalidSafeTensorsException.class)
                .hasMessageEndingWith("tensor " + "x".repeat(100) + "... must have dtype F32, had \"F64\"");
    }

    @Test
    void aHeaderOfMoreThanAMebibyteIsRefusedBeforeItIsRead() {
        String text = " ".repeat(SafeTensors.MOST_HEADER_BYTES + 1);

        assertThatThrownBy(() -> SafeTensors.decode(file(text.length(), text)))
                .hasMessageEndingWith("header length must be in [2, 1048576], was 1048577");
    }

    @Test
    void whatCouldNotBeReadAgainIsNotWritten() {
        Weights weights = new Weights(Map.of("a", new Tensor(new long[0], new float[1])));

        assertThatThrownBy(() -> SafeTensors.encode(weights, Map.of("note", "x".repeat(SafeTensors.MOST_HEADER_BYTES))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageEndingWith("do not fit a header of at most 1048576");
    }

    private static boolean isRead(byte[] file, String what) {
        long before = allocated();
        boolean read;
        try {
            read = SafeTensors.decode(file).weights().tensors().size() <= 3;
        } catch (InvalidSafeTensorsException e) {
            assertThat(e.getMessage()).as(what).isNotBlank().hasSizeLessThan(500);
            read = false;
        } catch (RuntimeException | Error e) {
            throw new AssertionError(what, e);
        }
        assertThat(allocated() - before).as("bytes taken for " + what).isLessThan(MOST_BYTES);
        return read;
    }

    private static long allocated() {
        return ((com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean()).getCurrentThreadAllocatedBytes();
    }

    private static byte[] file(long headerLength, String header) {
        byte[] text = header.getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(8 + text.length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(headerLength)
                .put(text)
                .array();
    }

    private static byte[] damaged(Random random) {
        byte[] bytes = SOUND.clone();
        int header = (int) ByteBuffer.wrap(SOUND).order(ByteOrder.LITTLE_ENDIAN).getLong(0);
        switch (random.nextInt(5)) {
            case 0 -> {
                return Arrays.copyOf(bytes, random.nextInt(bytes.length));
            }
            case 1 -> bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
            case 2 ->
                ByteBuffer.wrap(bytes)
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .putLong(
                                0,
                                new long[] {-1, 0, 1, Long.MAX_VALUE, Integer.MAX_VALUE, header - 1}
                                        [random.nextInt(6)]);
            case 3 -> {
                // a number or a brace of the header becomes another
                int at;
                do {
                    at = 8 + random.nextInt(header);
                } while (Character.isLetter(bytes[at]));
                bytes[at] = (byte) "0123456789-.,:{}[]\"".charAt(random.nextInt(19));
            }
            default -> {
                int from = 8 + random.nextInt(header);
                int to = 8 + random.nextInt(header);
                System.arraycopy(SOUND, from, bytes, to, Math.min(20, bytes.length - Math.max(from, to)));
            }
        }
        return bytes;
    }
}
