package org.rtda.imaging.dicom;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.rtda.imaging.UnreadableImageException;
import org.rtda.imaging.Windowing;

/** How a window maps values to 0 (black) to 1 (white), PS3.3 C.11.2.1.2 and C.11.2.1.3. */
record WindowFunction(Shape shape, double center, double width) {

    enum Shape {
        LINEAR {
            @Override
            double at(double value, double center, double width) {
                if (value <= center - 0.5 - (width - 1) / 2) {
                    return 0;
                }
                if (value > center - 0.5 + (width - 1) / 2) {
                    return 1;
                }
                return (value - (center - 0.5)) / (width - 1) + 0.5;
            }
        },
        LINEAR_EXACT {
            @Override
            double at(double value, double center, double width) {
                if (value <= center - width / 2) {
                    return 0;
                }
                if (value > center + width / 2) {
                    return 1;
                }
                return (value - center) / width + 0.5;
            }
        },
        SIGMOID {
            @Override
            double at(double value, double center, double width) {
                return 1 / (1 + Math.exp(-4 * (value - center) / width));
            }
        };

        abstract double at(double value, double center, double width);
    }

    /** The file's first window. */
    static Optional<WindowFunction> of(DataSet dataSet) {
        Optional<Double> center = dataSet.number(Attribute.WINDOW_CENTER);
        Optional<Double> width = dataSet.number(Attribute.WINDOW_WIDTH);
        if (center.isEmpty() && width.isEmpty()) {
            return Optional.empty();
        }
        Shape shape = shape(dataSet);
        double least = shape == Shape.LINEAR ? 1 : 0;
        boolean proper = center.isPresent() && width.isPresent() && width.get() >= least && (width.get() > 0);
        if (!proper) {
            throw new UnreadableImageException("The file's window has center "
                    + center.map(Object::toString).orElse("none")
                    + " and width " + width.map(Object::toString).orElse("none") + "; a width of at least 1 is needed"
                    + " (above 0 unless the function is LINEAR). Give a window, or read the image without one.");
        }
        return Optional.of(new WindowFunction(shape, center.get(), width.get()));
    }

    static WindowFunction of(Windowing given) {
        return new WindowFunction(Shape.LINEAR, given.center(), given.width());
    }

    private static Shape shape(DataSet dataSet) {
        String code = dataSet.value(Attribute.VOI_LUT_FUNCTION)
                .map(value -> value.text(StandardCharsets.ISO_8859_1).strip())
                .orElse("LINEAR");
        for (Shape shape : Shape.values()) {
            if (shape.name().equals(code)) {
                return shape;
            }
        }
        throw UnreadableImageException.damaged(
                "its attribute " + Attribute.VOI_LUT_FUNCTION + " must be LINEAR, LINEAR_EXACT or SIGMOID");
    }

    double at(double value) {
        return shape.at(value, center, width);
    }
}
