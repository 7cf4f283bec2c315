package org.rtda.core.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.rtda.core.Seed;
import org.rtda.core.Tensor;

class SafeTensorsTest {

    @Test
    void whatIsWrittenIsReadBackBitForBit() {
        NetworkArchitecture network = NetworkArchitecture.named("resnet8", 1, 28, 28, 2);
        Weights weights = Initialization.weights(network, new Seed(4));
        SafeTensors.Content content =
                SafeTensors.decode(SafeTensors.encode(weights, Map.of("network", "resnet8", "step", "12")));
        assertThat(content.weights()).isEqualTo(weights);
        assertThat(content.metadata()).containsOnly(Map.entry("network", "resnet8"), Map.entry("step", "12"));
    }

    @Test
    void aFileWrittenInPiecesHasTheSameBytesAndIsReadWhileItComes() throws IOException {
        Weights weights = Initialization.weights(NetworkArchitecture.named("resnet8", 1, 28, 28, 2), new Seed(4));
        byte[] whole = SafeTensors.encode(weights, Map.of("step", "12"));
        SafeTensors.File file = SafeTensors.file(weights, Map.of("step", "12"));
        assertThat(file.sizeBytes()).isEqualTo(whole.length);
        for (int time = 0; time < 2; time++) {
            ByteArrayOutputStream written = new ByteArrayOutputStream();
            file.writeTo(written);
            assertThat(written.toByteArray()).isEqualTo(whole);
        }
        assertThat(SafeTensors.decode(new ByteArrayInputStream(whole), whole.length))
                .isEqualTo(SafeTensors.decode(whole));
    }

    @Test
    void aStreamThatEndsBeforeItsLengthIsAFailureAndNoShorterFile() {
        Weights weights = new Weights(Map.of("a", new Tensor(new long[] {3}, new float[] {1, 2, 3})));
        byte[] file = SafeTensors.encode(weights, Map.of());
        for (int length = 0; length < file.length; length++) {
            InputStream part = new ByteArrayInputStream(file, 0, length);
            assertThatThrownBy(() -> SafeTensors.decode(part, file.length)).isInstanceOf(EOFException.class);
        }
    }

    @Test
    void aLengthThatNoFileHasIsRefusedBeforeAnythingIsRead() {
        assertThatThrownBy(() -> SafeTensors.decode(InputStream.nullInputStream(), 1L << 31))
                .isInstanceOf(InvalidSafeTensorsException.class)
                .hasMessageContaining("a file has at most 2 GiB, this one 2147483648 bytes");
    }

    @Test
    void theBytesAreThoseOfTheFormat() {
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        tensors.put("b", new Tensor(new long[] {2}, new float[] {1, -2}));
        tensors.put("a", new Tensor(new long[] {}, new float[] {0.5f}));
        byte[] file = SafeTensors.encode(new Weights(tensors), Map.of("k", "v"));
        String header =
                "{\"__metadata__\":{\"k\":\"v\"},\"b\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]},"
                        + "\"a\":{\"dtype\":\"F32\",\"shape\":[],\"data_offsets\":[8,12]}}";
        ByteBuffer buffer = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
        long length = buffer.getLong();
        assertThat(length % 8).isZero();
        assertThat(new String(file, 8, (int) length, StandardCharsets.UTF_8).trim())
                .isEqualTo(header);
        buffer.position(8 + (int) length);
        assertThat(buffer.getFloat()).isEqualTo(1f);
        assertThat(buffer.getFloat()).isEqualTo(-2f);
        assertThat(buffer.getFloat()).isEqualTo(0.5f);
        assertThat(buffer.hasRemaining()).isFalse();
    }

    @Test
    void equalWeightsGiveEqualBytesWhateverTheOrderOfTheMetadata() {
        Weights weights = new Weights(Map.of("a", new Tensor(new long[] {1}, new float[] {1})));
        Map<String, String> one = new LinkedHashMap<>(Map.of("x", "1"));
        one.put("a", "2");
        Map<String, String> other = new LinkedHashMap<>(Map.of("a", "2"));
        other.put("x", "1");
        assertThat(SafeTensors.encode(weights, one)).isEqualTo(SafeTensors.encode(weights, other));
    }

    @Test
    void tensorsComeInTheOrderOfTheirDataNotOfTheHeader() {
        byte[] file = file(
                "{\"b\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[4,8]},"
                        + "\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]}}",
                8);
        assertThat(SafeTensors.decode(file).weights().tensors().keySet()).containsExactly("a", "b");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'a':{'dtype':'F32','shape':[1],'data_offsets':[0,4]}} | 8 | tensors cover 4 bytes of data, the file holds 8",
                "{'a':{'dtype':'F32','shape':[2],'data_offsets':[0,8]}} | 4 | tensor a is at bytes 0 to 8, must begin at 0",
                "{'a':{'dtype':'F32','shape':[1],'data_offsets':[4,8]}} | 8 | tensor a is at bytes 4 to 8, must begin at 0",
                "{'a':{'dtype':'F32','shape':[1],'data_offsets':[0,4]},'b':{'dtype':'F32','shape':[1],'data_offsets':[0,4]}} | 4 | tensor b is at bytes 0 to 4, must begin at 4",
                "{'a':{'dtype':'F16','shape':[2],'data_offsets':[0,4]}} | 4 | tensor a must have dtype F32",
                "{'a':{'dtype':'F32','shape':[3],'data_offsets':[0,4]}} | 4 | needs 12 bytes",
                "{'a':{'dtype':'F32','shape':[-1],'data_offsets':[0,4]}} | 4 | must hold whole numbers from 0, held -1",
                "{'a':{'dtype':'F32','shape':[1.5],'data_offsets':[0,4]}} | 4 | must hold whole numbers from 0, held 1.5",
                "{'a':{'dtype':'F32','shape':[4294967296,4294967296],'data_offsets':[0,4]}} | 4 | has a shape too large",
                "{'a':{'dtype':'F32','shape':[0],'data_offsets':[9223372036854775807,9223372036854775807]}} | 0 | must begin at 0",
                "{'a':{'dtype':'F32','shape':[1],'data_offsets':[0,4],'x':1}} | 4 | must have exactly dtype, shape and data_offsets",
                "{'a':{'dtype':'F32','shape':[1],'data_offsets':[0]}} | 4 | has data_offsets [0]",
                "{'a':{'dtype':'F32','shape':[1],'data_offsets':[0,4]},'a':{'dtype':'F32','shape':[1],'data_offsets':[0,4]}} | 4 | Duplicate field 'a'",
                "{'__metadata__':{'k':1}} | 0 | metadata k must be text",
                "{'__metadata__':[]} | 0 | must be a JSON object",
                "[] | 0 | must be a JSON object",
                "{} x | 0 | not valid JSON",
                "{'a | 0 | not valid JSON",
            })
    void aFileThatIsNotExactlyRightIsRefusedWithTheReason(String header, int dataBytes, String reason) {
        assertThatThrownBy(() -> SafeTensors.decode(file(header.replace('\'', '"'), dataBytes)))
                .isInstanceOf(InvalidSafeTensorsException.class)
                .hasMessageStartingWith("not a safetensors file of float32 tensors: ")
                .hasMessageContaining(reason);
    }

    @Test
    void lengthsThatDoNotFitTheFileAreRefused() {
        assertThatThrownBy(() -> SafeTensors.decode(new byte[5])).hasMessageContaining("at least 8 bytes, this one 5");
        byte[] endless = file("{}", 0);
        ByteBuffer.wrap(endless).order(ByteOrder.LITTLE_ENDIAN).putLong(0, Long.MAX_VALUE);
        assertThatThrownBy(() -> SafeTensors.decode(endless))
                .hasMessageContaining("header length must be in [2, 2], was 9223372036854775807");
        ByteBuffer.wrap(endless).order(ByteOrder.LITTLE_ENDIAN).putLong(0, -1);
        assertThatThrownBy(() -> SafeTensors.decode(endless)).hasMessageContaining("was -1");
    }

    @Test
    void aTruncatedFileIsRefusedWhereverItEnds() {
        Weights weights = new Weights(Map.of("a", new Tensor(new long[] {3}, new float[] {1, 2, 3})));
        byte[] file = SafeTensors.encode(weights, Map.of());
        for (int length = 0; length < file.length; length++) {
            byte[] part = Arrays.copyOf(file, length);
            assertThatThrownBy(() -> SafeTensors.decode(part)).isInstanceOf(InvalidSafeTensorsException.class);
        }
    }

    @Test
    void weightsThatAreNotFiniteAreNamed() {
        new Weights(Map.of("a", new Tensor(new long[] {2}, new float[] {1, -Float.MAX_VALUE}))).requireFinite();
        for (float bad : new float[] {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY}) {
            Weights weights = new Weights(Map.of("a", new Tensor(new long[] {2}, new float[] {1, bad})));
            assertThatThrownBy(weights::requireFinite)
                    .hasMessage("every weight must be finite, value 1 of tensor a was " + bad);
        }
    }

    private static byte[] file(String header, int dataBytes) {
        byte[] text = header.getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(8 + text.length + dataBytes)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(text.length)
                .put(text)
                .array();
    }
}
