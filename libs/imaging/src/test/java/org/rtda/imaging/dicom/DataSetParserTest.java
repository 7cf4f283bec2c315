package org.rtda.imaging.dicom;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.rtda.imaging.UnreadableImageException;
import org.rtda.imaging.codec.Bytes;

class DataSetParserTest {
    private static final int PRIVATE_SEQUENCE = 0x0009_1010;

    @Provide
    Arbitrary<Encoding> encodings() {
        return Arbitraries.of(
                Encoding.EXPLICIT_LITTLE_ENDIAN, Encoding.IMPLICIT_LITTLE_ENDIAN, Encoding.EXPLICIT_BIG_ENDIAN);
    }

    /** What a writer may put between the attributes that matter. */
    private static void noise(DicomWriter writer, List<Integer> kinds) {
        for (int kind : kinds) {
            switch (kind) {
                case 0 -> writer.text(0x0010_0010, "PN", "Somebody^Else");
                case 1 -> writer.element(0x0009_0010, "UN", new byte[6]);
                case 2 -> writer.sequence(PRIVATE_SEQUENCE, true, nested(writer, true));
                case 3 -> writer.sequence(PRIVATE_SEQUENCE, false, nested(writer, false), nested(writer, true));
                case 4 -> writer.element(0x0009_1011, "OB", new byte[300]);
                default -> writer.element(0x0009_1012, "LT", new byte[0]);
            }
        }
    }

    private static DicomWriter nested(DicomWriter like, boolean lengths) {
        return like.like()
                .shorts(0x0028_0010, "US", 9999)
                .sequence(PRIVATE_SEQUENCE, lengths, like.like().shorts(0x0028_0011, "US", 9999));
    }

    @Property(tries = 300)
    void whatIsWrittenIsReadBackWhateverStandsAround(
            @ForAll("encodings") Encoding encoding,
            @ForAll @IntRange(min = 1, max = 65535) int rows,
            @ForAll @IntRange(min = -30000, max = 30000) int center,
            @ForAll boolean lengths,
            @ForAll @Size(max = 6) List<@IntRange(max = 5) Integer> before,
            @ForAll @Size(max = 6) List<@IntRange(max = 5) Integer> after) {
        DicomWriter writer = new DicomWriter(encoding);
        noise(writer, before);
        writer.shorts(0x0028_0010, "US", rows);
        noise(writer, after);
        writer.text(0x0028_1050, "DS", center + "\\7")
                .sequence(0x0028_3000, lengths, writer.like().shorts(0x0028_3002, "US", 4, 3, 12));

        DataSet read = DataSetParser.parse(Bytes.of(writer.bytes()), encoding);

        assertThat(read.integer(Attribute.ROWS)).isEqualTo(rows);
        assertThat(read.has(Attribute.COLUMNS)).isFalse();
        assertThat(read.value(Attribute.WINDOW_CENTER).orElseThrow().numbers()).containsExactly((double) center, 7.0);
        assertThat(read.items(Attribute.MODALITY_LUT_SEQUENCE)).hasSize(1);
        assertThat(read.items(Attribute.MODALITY_LUT_SEQUENCE)
                        .get(0)
                        .value(Attribute.LUT_DESCRIPTOR)
                        .orElseThrow()
                        .numbers())
                .containsExactly(4.0, 3.0, 12.0);
    }

    @Property(tries = 300)
    void aDataSetThatIsCutOffIsRefusedOrReadUpToThere(
            @ForAll("encodings") Encoding encoding, @ForAll @IntRange(max = 200) int at) {
        DicomWriter writer = new DicomWriter(encoding)
                .shorts(0x0028_0010, "US", 3)
                .sequence(0x0028_3000, false, new DicomWriter(encoding).shorts(0x0028_3002, "US", 4, 3, 12))
                .element(0x7fe0_0010, "OW", new byte[20]);
        byte[] whole = writer.bytes();
        Bytes cut = Bytes.of(whole).part(0, at % whole.length);

        try {
            assertThat(DataSetParser.parse(cut, encoding).has(Attribute.PIXEL_DATA))
                    .isFalse();
        } catch (UnreadableImageException e) {
            assertThat(e).hasMessageContaining("cut off");
        }
    }

    @Example
    void sequencesThatAreNestedWithoutEndAreRefused() {
        DicomWriter inner = new DicomWriter(Encoding.EXPLICIT_LITTLE_ENDIAN);
        for (int depth = 0; depth < 40; depth++) {
            inner = inner.like().sequence(PRIVATE_SEQUENCE, false, inner);
        }
        byte[] bytes = inner.bytes();

        assertThatThrownBy(() -> DataSetParser.parse(Bytes.of(bytes), Encoding.EXPLICIT_LITTLE_ENDIAN))
                .isInstanceOf(UnreadableImageException.class)
                .hasMessage("The file is damaged: its sequences are nested deeper than 32. Get the file again.");
    }

    @Example
    void sequencesOfCountlessItemsAreRefused() {
        byte[] empty = {(byte) 0xfe, (byte) 0xff, 0, (byte) 0xe0, 0, 0, 0, 0};
        byte[] items = new byte[8 * 100_001];
        for (int at = 0; at < items.length; at += 8) {
            System.arraycopy(empty, 0, items, at, 8);
        }
        byte[] bytes = new DicomWriter(Encoding.EXPLICIT_LITTLE_ENDIAN)
                .header(0x0028_3000, "SQ", items.length)
                .raw(items)
                .bytes();

        assertThatThrownBy(() -> DataSetParser.parse(Bytes.of(bytes), Encoding.EXPLICIT_LITTLE_ENDIAN))
                .isInstanceOf(UnreadableImageException.class)
                .hasMessage("The file is damaged: its sequences hold more than 100000 items. Get the file again.");
    }

    @Example
    void aNumberThatIsACrowdOfNumbersIsRefused() {
        byte[] bytes = new DicomWriter(Encoding.EXPLICIT_LITTLE_ENDIAN)
                .element(0x0028_0010, "US", new byte[60_000])
                .bytes();
        DataSet read = DataSetParser.parse(Bytes.of(bytes), Encoding.EXPLICIT_LITTLE_ENDIAN);

        assertThatThrownBy(() -> read.integer(Attribute.ROWS))
                .isInstanceOf(UnreadableImageException.class)
                .hasMessageContaining("at most 256 numbers");
    }

    @Example
    void anUnknownRepresentationIsReadAsTheDictionarySays() {
        // UN: written as it came; ZZ: of the future, with 32 bits of length; ??: of none, with 16
        DicomWriter writer = new DicomWriter(Encoding.EXPLICIT_LITTLE_ENDIAN)
                .element(0x0028_0010, "UN", new byte[] {5, 0})
                .tag(0x0028_0011)
                .raw("ZZ\0\0\2\0\0\0\7\0".getBytes(StandardCharsets.US_ASCII))
                .tag(0x0028_0100)
                .raw("??\2\0\b\0".getBytes(StandardCharsets.US_ASCII));

        DataSet read = DataSetParser.parse(Bytes.of(writer.bytes()), Encoding.EXPLICIT_LITTLE_ENDIAN);

        assertThat(read.integer(Attribute.ROWS)).isEqualTo(5);
        assertThat(read.integer(Attribute.COLUMNS)).isEqualTo(7);
        assertThat(read.integer(Attribute.BITS_ALLOCATED)).isEqualTo(8);
    }

    @Example
    void anUnknownSequenceOfUndefinedLengthIsInImplicitLittleEndian() {
        DicomWriter implicit = new DicomWriter(Encoding.IMPLICIT_LITTLE_ENDIAN)
                .sequence(
                        0x0028_3000,
                        false,
                        new DicomWriter(Encoding.IMPLICIT_LITTLE_ENDIAN).shorts(0x0028_3002, "US", 4, 3, 12));
        // tag and length of the implicit sequence are replaced by those of UN
        byte[] body = implicit.bytes();
        DicomWriter writer = new DicomWriter(Encoding.EXPLICIT_LITTLE_ENDIAN)
                .header(0x0028_3000, "UN", -1)
                .raw(Arrays.copyOfRange(body, 8, body.length))
                .shorts(0x0028_9999, "US", 1);

        DataSet read = DataSetParser.parse(Bytes.of(writer.bytes()), Encoding.EXPLICIT_LITTLE_ENDIAN);

        assertThat(read.item(Attribute.MODALITY_LUT_SEQUENCE).orElseThrow().value(Attribute.LUT_DESCRIPTOR))
                .hasValueSatisfying(value -> assertThat(value.numbers()).containsExactly(4.0, 3.0, 12.0));
    }
}
