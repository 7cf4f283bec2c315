package org.rtda.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FloatBytesTest {

    private static byte[] written(float... values) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        FloatBytes.write(values, bytes);
        return bytes.toByteArray();
    }

    @Test
    void theLowestByteComesFirst() throws IOException {
        // 1 is 3f800000, -2.5 is c0200000 (IEEE 754)
        assertThat(written(1f, -2.5f)).containsExactly(0, 0, 0x80, 0x3f, 0, 0, 0x20, 0xc0);
    }

    /** A piece has 16,384 values. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 16_383, 16_384, 16_385, 50_000})
    void valuesOfAnyNumberComeBackBitForBit(int count) throws IOException {
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = Float.intBitsToFloat(i * 0x9e3779b9 & 0xff7fffff);
        }
        byte[] bytes = written(values);
        assertThat(bytes).hasSize(4 * count);
        float[] read = new float[count];
        FloatBytes.read(new ByteArrayInputStream(bytes), read);
        assertThat(read).isEqualTo(values);
    }

    @Test
    void nothingIsReadBeyondTheArray() throws IOException {
        InputStream bytes = new ByteArrayInputStream(written(1, 2, 3));
        FloatBytes.read(bytes, new float[2]);
        assertThat(bytes.available()).isEqualTo(4);
    }

    @Test
    void bytesMayComeOneByOne() throws IOException {
        InputStream slow = new FilterInputStream(new ByteArrayInputStream(written(1, 2, 3))) {
            @Override
            public int read(byte[] into, int offset, int length) throws IOException {
                return super.read(into, offset, Math.min(1, length));
            }
        };
        float[] read = new float[3];
        FloatBytes.read(slow, read);
        assertThat(read).containsExactly(1, 2, 3);
    }

    @Test
    void aStreamThatEndsEarlyIsAFailure() throws IOException {
        byte[] bytes = written(1, 2, 3);
        for (int length = 0; length < bytes.length; length++) {
            InputStream part = new ByteArrayInputStream(Arrays.copyOf(bytes, length));
            assertThatThrownBy(() -> FloatBytes.read(part, new float[3])).isInstanceOf(EOFException.class);
        }
    }
}
