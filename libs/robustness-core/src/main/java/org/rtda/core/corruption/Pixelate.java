package org.rtda.core.corruption;

import org.apache.commons.rng.UniformRandomProvider;

/**
 * Shrinks by the resize factor with a box filter and enlarges again, with the boxes of Pillow's {@code resize(BOX)}. The
 * factor is for 224 pixels; at another side it is {@code factor * 224 / side}, so that a block covers the same part of the
 * picture, but at most the chest X-ray column's, since beyond 1 nothing would be left to see. So that column is the
 * same at every side up to 224, and ultrasound's becomes that column's at 28. Resolution falls with each severity; the distance
 * from the clean image need not, since 2 x 2 boxes (0.5) fit an even side better than uneven ones (0.6).
 */
final class Pixelate extends PerImage {

    Pixelate(String name, CorruptionTable table) {
        super(name, table);
    }

    @Override
    float[] corrupt(BatchImage clean, double[] parameters, UniformRandomProvider random) {
        double factor = Math.min(parameters[0] * (Scale.REFERENCE_SIDE / clean.side()), parameters[1]);
        int height = clean.height();
        int width = clean.width();
        Boxes columns = Boxes.between(width, Math.max(1, (int) (width * factor)));
        Boxes rows = Boxes.between(height, Math.max(1, (int) (height * factor)));
        float[] values = clean.values();
        float[] means = new float[columns.count() * rows.count()];
        for (int start = 0; start < values.length; start += clean.planeSize()) {
            for (int row = 0; row < rows.count(); row++) {
                for (int column = 0; column < columns.count(); column++) {
                    means[row * columns.count() + column] = mean(values, start, width, rows, row, columns, column);
                }
            }
            for (int row = 0; row < height; row++) {
                int to = start + row * width;
                int box = rows.holding()[row];
                if (row > 0 && box == rows.holding()[row - 1]) {
                    System.arraycopy(values, to - width, values, to, width);
                } else {
                    enlarge(means, box * columns.count(), columns.holding(), values, to);
                }
            }
        }
        return values;
    }

    private static void enlarge(float[] means, int from, int[] holding, float[] values, int to) {
        for (int column = 0; column < holding.length; column++) {
            values[to + column] = means[from + holding[column]];
        }
    }

    private static float mean(float[] values, int start, int width, Boxes rows, int row, Boxes columns, int column) {
        double sum = 0;
        for (int y = rows.from()[row]; y < rows.to()[row]; y++) {
            for (int x = columns.from()[column]; x < columns.to()[column]; x++) {
                sum += values[start + y * width + x];
            }
        }
        return (float) (sum / (rows.to()[row] - rows.from()[row]) / (columns.to()[column] - columns.from()[column]));
    }

    /**
     * One side cut into boxes.
     *
     * @param from first pixel of each box; boxes may overlap or leave a pixel out by a rounding, as Pillow's do
     * @param to the pixel after its last
     * @param holding the box that each pixel is enlarged from
     */
    private record Boxes(int[] from, int[] to, int[] holding) {

        int count() {
            return from.length;
        }

        static Boxes between(int side, int count) {
            double scale = (double) side / count;
            int[] from = new int[count];
            int[] to = new int[count];
            for (int i = 0; i < count; i++) {
                double centre = (i + 0.5) * scale;
                // the pixels whose centres lie within half a box of this one's, (-0.5, 0.5]
                int first = Math.max(0, (int) (centre - scale / 2 + 0.5));
                int end = Math.min(side, (int) (centre + scale / 2 + 0.5));
                while ((first - centre + 0.5) / scale <= -0.5) {
                    first++;
                }
                while ((end - 1 - centre + 0.5) / scale > 0.5) {
                    end--;
                }
                from[i] = first;
                to[i] = end;
            }
            int[] holding = new int[side];
            for (int i = 0; i < side; i++) {
                holding[i] = Math.min(count - 1, (int) ((i + 0.5) / scale));
            }
            return new Boxes(from, to, holding);
        }
    }
}
