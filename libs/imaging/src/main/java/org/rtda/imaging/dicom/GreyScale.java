package org.rtda.imaging.dicom;

import java.util.Optional;
import org.rtda.imaging.SampledImage;
import org.rtda.imaging.UnreadableImageException;
import org.rtda.imaging.Windowing;

/**
 * Stored values of a grey image to samples, in the standard's order: modality, value of interest, presentation (PS3.4 N.2). With a
 * window the samples have 16 bits; with a table its depth; without either the depth of the stored values, which stay as exact as they
 * are. Padding (PS3.3 C.7.5.1.1.2) becomes black.
 */
final class GreyScale {
    private static final int WINDOWED_BITS = 16;
    private static final int WINDOWED_GREATEST = (1 << WINDOWED_BITS) - 1;

    private final StoredPixels pixels;
    private final boolean inverted;
    private final Padding padding;
    private final Mapping mapping;

    GreyScale(PixelDescription description, FrameAttributes attributes, StoredPixels pixels, Windowing windowing) {
        this.pixels = pixels;
        this.inverted = description.photometric() == Photometric.MONOCHROME1;
        this.padding = Padding.of(attributes.dataSet(), description.signed());
        this.mapping = mapping(ModalityTransform.of(attributes, description.signed()), attributes, windowing);
    }

    /**
     * @param bits depth of the samples
     * @param function stored value to sample
     */
    private record Mapping(int bits, Function function) {}

    /** Stored value to sample. */
    private interface Function {
        int at(int stored);
    }

    private Mapping mapping(ModalityTransform modality, FrameAttributes attributes, Windowing windowing) {
        if (windowing.kind() == Windowing.Kind.GIVEN) {
            return windowed(modality, WindowFunction.of(windowing));
        }
        if (windowing.kind() == Windowing.Kind.OF_FILE) {
            Optional<DataSet> item = attributes.dataSet().item(Attribute.VOI_LUT_SEQUENCE);
            if (item.isPresent()) {
                return byTable(modality, item.get());
            }
            Optional<WindowFunction> window =
                    WindowFunction.of(attributes.having(Attribute.FRAME_VOI_LUT_SEQUENCE, Attribute.WINDOW_CENTER));
            if (window.isPresent()) {
                return windowed(modality, window.get());
            }
        }
        return wholeRange(modality);
    }

    private static Mapping windowed(ModalityTransform modality, WindowFunction window) {
        return new Mapping(
                WINDOWED_BITS, stored -> (int) Math.floor(window.at(modality.of(stored)) * WINDOWED_GREATEST + 0.5));
    }

    private Mapping byTable(ModalityTransform modality, DataSet item) {
        // what the table takes is signed where the modality's values can be negative
        boolean signed =
                modality.table() == null && Math.min(modality.of(pixels.least()), modality.of(pixels.greatest())) < 0;
        LookupTable table = LookupTable.of(item, Attribute.LUT_DESCRIPTOR, Attribute.LUT_DATA, signed);
        return new Mapping(table.bits(), stored -> table.at((int) Math.floor(modality.of(stored) + 0.5)));
    }

    /** Between the least and the greatest storable value a line changes nothing but, where it falls, the direction. */
    private Mapping wholeRange(ModalityTransform modality) {
        if (modality.table() != null) {
            return new Mapping(
                    modality.table().bits(), stored -> modality.table().at(stored));
        }
        int least = pixels.least();
        int greatest = pixels.greatest();
        return modality.slope() > 0
                ? new Mapping(pixels.bits(), stored -> stored - least)
                : new Mapping(pixels.bits(), stored -> greatest - stored);
    }

    SampledImage image(int width, int height) {
        int count = pixels.values().length;
        char[] samples = new char[count];
        int values = 1 << pixels.bits();
        // a table of all values is worth its making where there are more pixels than values
        char[] table = count > values ? table(values) : null;
        for (int i = 0; i < count; i++) {
            int stored = pixels.value(i);
            samples[i] = table == null ? sample(stored) : table[stored - pixels.least()];
        }
        return new SampledImage(width, height, 1, mapping.bits(), samples);
    }

    private char[] table(int values) {
        char[] table = new char[values];
        for (int i = 0; i < values; i++) {
            table[i] = sample(i + pixels.least());
        }
        return table;
    }

    private char sample(int stored) {
        if (padding.contains(stored)) {
            return 0;
        }
        int sample = mapping.function().at(stored);
        return (char) (inverted ? (1 << mapping.bits()) - 1 - sample : sample);
    }

    /** Stored values that stand where there is no image, both included; none where {@code from} is above {@code to}. */
    private record Padding(int from, int to) {
        static Padding of(DataSet dataSet, boolean signed) {
            Optional<Integer> value =
                    dataSet.value(Attribute.PIXEL_PADDING_VALUE).map(found -> stored(found, signed));
            Optional<Integer> limit =
                    dataSet.value(Attribute.PIXEL_PADDING_RANGE_LIMIT).map(found -> stored(found, signed));
            if (value.isEmpty()) {
                return new Padding(1, 0);
            }
            int other = limit.orElse(value.get());
            return new Padding(Math.min(value.get(), other), Math.max(value.get(), other));
        }

        /** It is written with the pixels' sign, whatever its representation says. */
        private static int stored(Value value, boolean signed) {
            if (value.bytes().length() != 2) {
                throw UnreadableImageException.damaged("its attribute " + value.attribute() + " must have 2 bytes");
            }
            return signed ? value.bytes().s16(0) : value.bytes().u16(0);
        }

        boolean contains(int stored) {
            return stored >= from && stored <= to;
        }
    }
}
