package org.rtda.imaging.dicom;

import java.util.Optional;
import org.rtda.imaging.UnreadableImageException;

/** Stored values to values of the modality, as Hounsfield units (PS3.3 C.11.1): a lookup table, or slope and intercept. */
interface ModalityTransform {

    double of(int stored);

    /** The table; null where the values are a line. */
    LookupTable table();

    /** How the line rises; 1 for a table. */
    double slope();

    /** The one of a frame, whose own attributes come before those of all frames. */
    static ModalityTransform of(FrameAttributes attributes, boolean signed) {
        Optional<DataSet> item = attributes.dataSet().item(Attribute.MODALITY_LUT_SEQUENCE);
        if (item.isPresent()) {
            return new ByTable(LookupTable.of(item.get(), Attribute.LUT_DESCRIPTOR, Attribute.LUT_DATA, signed));
        }
        DataSet rescale = attributes.having(Attribute.PIXEL_VALUE_TRANSFORMATION_SEQUENCE, Attribute.RESCALE_SLOPE);
        double slope = rescale.number(Attribute.RESCALE_SLOPE).orElse(1.0);
        double intercept = rescale.number(Attribute.RESCALE_INTERCEPT).orElse(0.0);
        if (slope == 0) {
            throw UnreadableImageException.damaged("its attribute " + Attribute.RESCALE_SLOPE + " is 0");
        }
        return new Line(slope, intercept);
    }

    /** Values by slope and intercept. */
    record Line(double slope, double intercept) implements ModalityTransform {
        @Override
        public double of(int stored) {
            return slope * stored + intercept;
        }

        @Override
        public LookupTable table() {
            return null;
        }
    }

    /** Values by a table. */
    record ByTable(LookupTable table) implements ModalityTransform {
        @Override
        public double of(int stored) {
            return table.at(stored);
        }

        @Override
        public double slope() {
            return 1;
        }
    }
}
