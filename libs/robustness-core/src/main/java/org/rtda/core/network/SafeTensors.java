package org.rtda.core.network;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.rtda.core.FloatBytes;
import org.rtda.core.Tensor;

/**
 * Weights as a file in the safetensors format (huggingface/safetensors): the header's length as 8 bytes little-endian, a
 * JSON header, the values. Only float32 is written and read. Equal weights and metadata give equal bytes.
 */
public final class SafeTensors {
    /**
     * A tensor takes about a hundred bytes of it, and the tree that it is read into some thirty times as many. The reference
     * implementation allows 100 MB.
     */
    static final int MOST_HEADER_BYTES = 1 << 20;

    /** Of the number that a file begins with: its header's length. */
    private static final int LENGTH_BYTES = Long.BYTES;

    /** As many as an array can have. */
    private static final long MOST_FILE_BYTES = Integer.MAX_VALUE - 8;

    /** Of a name or value in a message. */
    private static final int LONGEST_SHOWN = 100;

    private static final String METADATA = "__metadata__";
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private SafeTensors() {}

    /**
     * A file's content.
     *
     * @param weights in the order of their data in the file
     * @param metadata free text by name; empty when there is none
     */
    public record Content(Weights weights, Map<String, String> metadata) {
        public Content {
            metadata = Map.copyOf(metadata);
        }
    }

    /** A file that is not in one array: its header, and the values where the weights have them. */
    public static final class File {
        private final byte[] head;
        private final Weights weights;
        private final int sizeBytes;

        private File(byte[] head, Weights weights, int sizeBytes) {
            this.head = head;
            this.weights = weights;
            this.sizeBytes = sizeBytes;
        }

        /** The length of what {@link #writeTo} writes. */
        public int sizeBytes() {
            return sizeBytes;
        }

        /** Writes all of it; may be called again. */
        public void writeTo(OutputStream out) throws IOException {
            out.write(head);
            for (Tensor tensor : weights.tensors().values()) {
                FloatBytes.write(tensor.data(), out);
            }
        }
    }

    /**
     * The file's bytes, tensors in the weights' order.
     *
     * @throws IllegalArgumentException when the file would be longer than an array can be, or its header than {@link #decode} reads
     */
    public static byte[] encode(Weights weights, Map<String, String> metadata) {
        File file = file(weights, metadata);
        ByteBuffer bytes = ByteBuffer.allocate(file.sizeBytes()).order(ByteOrder.LITTLE_ENDIAN);
        bytes.put(file.head);
        for (Tensor tensor : weights.tensors().values()) {
            bytes.asFloatBuffer().put(tensor.data());
            bytes.position(bytes.position() + Float.BYTES * tensor.data().length);
        }
        return bytes.array();
    }

    /**
     * The same bytes as {@link #encode}, made as they are written.
     *
     * @throws IllegalArgumentException as there
     */
    public static File file(Weights weights, Map<String, String> metadata) {
        ObjectNode header = JSON.createObjectNode();
        if (!metadata.isEmpty()) {
            ObjectNode texts = header.putObject(METADATA);
            new TreeMap<>(metadata).forEach(texts::put);
        }
        long offset = 0;
        for (Map.Entry<String, Tensor> entry : weights.tensors().entrySet()) {
            if (entry.getKey().equals(METADATA)) {
                throw new IllegalArgumentException("no tensor can be named " + METADATA);
            }
            ObjectNode tensor = header.putObject(entry.getKey());
            tensor.put("dtype", "F32");
            ArrayNode shape = tensor.putArray("shape");
            for (long side : entry.getValue().shape()) {
                shape.add(side);
            }
            ArrayNode offsets = tensor.putArray("data_offsets");
            offsets.add(offset);
            offset += (long) Float.BYTES * entry.getValue().data().length;
            offsets.add(offset);
        }
        byte[] text = header.toString().getBytes(StandardCharsets.UTF_8);
        int headerLength = (text.length + 7) / 8 * 8;
        if (headerLength > MOST_HEADER_BYTES) {
            throw new IllegalArgumentException("names, shapes and metadata of " + text.length
                    + " bytes do not fit a header of at most " + MOST_HEADER_BYTES);
        }
        if (LENGTH_BYTES + headerLength + offset > MOST_FILE_BYTES) {
            throw new IllegalArgumentException("weights of " + offset + " bytes do not fit one file of at most 2 GiB");
        }
        ByteBuffer head = ByteBuffer.allocate(LENGTH_BYTES + headerLength).order(ByteOrder.LITTLE_ENDIAN);
        head.putLong(headerLength).put(text);
        while (head.hasRemaining()) {
            head.put((byte) ' ');
        }
        return new File(head.array(), weights, (int) (head.capacity() + offset));
    }

    /**
     * Reads a file, refusing anything but float32 tensors that cover the data exactly, without holes or overlaps.
     *
     * @throws InvalidSafeTensorsException with the reason
     */
    public static Content decode(byte[] file) {
        try {
            return decode(new ByteArrayInputStream(file), file.length);
        } catch (IOException e) {
            throw new UncheckedIOException("an array is read without a failure", e);
        }
    }

    /**
     * As above, of a file that is read while it comes.
     *
     * @param sizeBytes the file's length; so much memory may be taken before its last byte has come
     * @throws InvalidSafeTensorsException with the reason
     * @throws IOException when the stream fails, or ends before that length
     */
    public static Content decode(InputStream file, long sizeBytes) throws IOException {
        Header header = Header.read(file, sizeBytes);
        List<Map.Entry<String, Entry>> inOrder = header.entries.entrySet().stream()
                .sorted(Comparator.comparingLong((Map.Entry<String, Entry> e) -> e.getValue().begin)
                        .thenComparingLong(e -> e.getValue().end))
                .toList();
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        long covered = 0;
        long dataLength = sizeBytes - header.dataStart;
        for (Map.Entry<String, Entry> each : inOrder) {
            Entry entry = each.getValue();
            if (entry.begin != covered || entry.end > dataLength) {
                throw new InvalidSafeTensorsException("tensor " + shown(each.getKey()) + " is at bytes " + entry.begin
                        + " to " + entry.end + ", must begin at " + covered + " and end within " + dataLength);
            }
            float[] values = new float[(int) ((entry.end - entry.begin) / Float.BYTES)];
            FloatBytes.read(file, values);
            tensors.put(each.getKey(), new Tensor(entry.shape, values));
            covered = entry.end;
        }
        if (covered != dataLength) {
            throw new InvalidSafeTensorsException(
                    "tensors cover " + covered + " bytes of data, the file holds " + dataLength);
        }
        return new Content(new Weights(tensors), header.metadata);
    }

    /**
     * The shapes of a file's tensors, by name, from its header alone; whether the data hold them is another matter.
     *
     * @throws InvalidSafeTensorsException with the reason
     */
    public static Map<String, long[]> shapes(byte[] file) {
        Map<String, long[]> shapes = new LinkedHashMap<>();
        try {
            Header.read(new ByteArrayInputStream(file), file.length)
                    .entries
                    .forEach((name, entry) -> shapes.put(name, entry.shape));
        } catch (IOException e) {
            throw new UncheckedIOException("an array is read without a failure", e);
        }
        return shapes;
    }

    private static String shown(String text) {
        return text.length() > LONGEST_SHOWN ? text.substring(0, LONGEST_SHOWN) + "..." : text;
    }

    private static JsonNode parse(byte[] text) {
        try {
            JsonNode header = JSON.readTree(text);
            if (header == null || !header.isObject() || text[0] != '{') {
                throw new InvalidSafeTensorsException("the header must be a JSON object beginning with '{'");
            }
            return header;
        } catch (JsonProcessingException e) {
            throw new InvalidSafeTensorsException("the header is not valid JSON: " + shown(e.getOriginalMessage()), e);
        } catch (IOException e) {
            throw new InvalidSafeTensorsException("the header is not valid text: " + e.getMessage(), e);
        }
    }

    private static void readMetadata(JsonNode node, Map<String, String> metadata) {
        if (!node.isObject()) {
            throw new InvalidSafeTensorsException(METADATA + " must be a JSON object");
        }
        for (Map.Entry<String, JsonNode> text : node.properties()) {
            if (!text.getValue().isTextual()) {
                throw new InvalidSafeTensorsException("metadata " + shown(text.getKey()) + " must be text");
            }
            metadata.put(text.getKey(), text.getValue().textValue());
        }
    }

    private record Header(int dataStart, Map<String, String> metadata, Map<String, Entry> entries) {
        static Header read(InputStream file, long sizeBytes) throws IOException {
            if (sizeBytes < LENGTH_BYTES || sizeBytes > MOST_FILE_BYTES) {
                throw new InvalidSafeTensorsException(
                        sizeBytes < LENGTH_BYTES
                                ? "a file has at least " + LENGTH_BYTES + " bytes, this one " + sizeBytes
                                : "a file has at most 2 GiB, this one " + sizeBytes + " bytes");
            }
            long headerLength = ByteBuffer.wrap(next(file, LENGTH_BYTES))
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .getLong();
            long longest = Math.min(MOST_HEADER_BYTES, sizeBytes - LENGTH_BYTES);
            if (headerLength < 2 || headerLength > longest) {
                throw new InvalidSafeTensorsException(
                        "header length must be in [2, " + longest + "], was " + headerLength);
            }
            int dataStart = LENGTH_BYTES + (int) headerLength;
            JsonNode text = parse(next(file, (int) headerLength));
            Map<String, String> metadata = new LinkedHashMap<>();
            Map<String, Entry> entries = new LinkedHashMap<>();
            for (Map.Entry<String, JsonNode> field : text.properties()) {
                if (field.getKey().equals(METADATA)) {
                    readMetadata(field.getValue(), metadata);
                } else {
                    entries.put(field.getKey(), Entry.read(shown(field.getKey()), field.getValue()));
                }
            }
            return new Header(dataStart, metadata, entries);
        }

        private static byte[] next(InputStream file, int count) throws IOException {
            byte[] bytes = file.readNBytes(count);
            if (bytes.length < count) {
                throw new EOFException("the file ends within its header");
            }
            return bytes;
        }
    }

    private record Entry(long[] shape, long begin, long end) {

        static Entry read(String name, JsonNode node) {
            if (!node.isObject() || node.size() != 3) {
                throw new InvalidSafeTensorsException(
                        "tensor " + name + " must have exactly dtype, shape and data_offsets");
            }
            if (!"F32".equals(node.path("dtype").textValue())) {
                throw new InvalidSafeTensorsException("tensor " + name + " must have dtype F32, had "
                        + shown(node.path("dtype").toString()));
            }
            long[] shape = numbers(name, "shape", node.path("shape"));
            long[] offsets = numbers(name, "data_offsets", node.path("data_offsets"));
            long bytes;
            try {
                bytes = Math.multiplyExact(4L, Arrays.stream(shape).reduce(1, Math::multiplyExact));
            } catch (ArithmeticException e) {
                throw new InvalidSafeTensorsException(
                        "tensor " + name + " has a shape too large: " + shown(Arrays.toString(shape)), e);
            }
            if (offsets.length != 2 || offsets[1] - offsets[0] != bytes) {
                throw new InvalidSafeTensorsException("tensor " + name + " of shape " + shown(Arrays.toString(shape))
                        + " needs " + bytes + " bytes, has data_offsets " + shown(Arrays.toString(offsets)));
            }
            return new Entry(shape, offsets[0], offsets[1]);
        }

        private static long[] numbers(String name, String field, JsonNode node) {
            if (!node.isArray()) {
                throw new InvalidSafeTensorsException("tensor " + name + ": " + field + " must be an array");
            }
            long[] values = new long[node.size()];
            for (int i = 0; i < values.length; i++) {
                JsonNode value = node.get(i);
                if (!value.isIntegralNumber() || !value.canConvertToLong() || value.longValue() < 0) {
                    throw new InvalidSafeTensorsException("tensor " + name + ": " + field
                            + " must hold whole numbers from 0, held " + shown(value.toString()));
                }
                values[i] = value.longValue();
            }
            return values;
        }
    }
}
