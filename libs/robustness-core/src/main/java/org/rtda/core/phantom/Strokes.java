package org.rtda.core.phantom;

/** Thin structures drawn into a plane: where they cross, the stronger one counts. Lengths are in grid cells. */
final class Strokes {
    private final Plane plane;

    Strokes(int size) {
        this.plane = new Plane(size);
    }

    Plane plane() {
        return plane;
    }

    /** A straight piece whose half-width and strength go evenly from one end's to the other's; half round in section. */
    void line(
            double x0,
            double y0,
            double width0,
            double strength0,
            double x1,
            double y1,
            double width1,
            double strength1) {
        double widest = Math.max(width0, width1);
        int size = plane.size();
        int top = (int) Math.max(0, Math.floor(Math.min(y0, y1) - widest));
        int bottom = (int) Math.min(size - 1.0, Math.ceil(Math.max(y0, y1) + widest));
        int left = (int) Math.max(0, Math.floor(Math.min(x0, x1) - widest));
        int right = (int) Math.min(size - 1.0, Math.ceil(Math.max(x0, x1) + widest));
        double dx = x1 - x0;
        double dy = y1 - y0;
        double square = Math.max(1e-9, dx * dx + dy * dy);
        for (int row = top; row <= bottom; row++) {
            for (int column = left; column <= right; column++) {
                double along = Math.min(1, Math.max(0, ((column - x0) * dx + (row - y0) * dy) / square));
                double width = width0 + along * (width1 - width0);
                double offX = column - x0 - along * dx;
                double offY = row - y0 - along * dy;
                double section = 1 - (offX * offX + offY * offY) / (width * width);
                if (section > 0) {
                    double strength = (strength0 + along * (strength1 - strength0)) * Math.sqrt(section);
                    int at = row * size + column;
                    plane.values()[at] = Math.max(plane.values()[at], strength);
                }
            }
        }
    }

    /** A strand that wanders: pieces of equal length, each turned a little against the one before. */
    void strand(
            double x,
            double y,
            double direction,
            double length,
            double width,
            double strength,
            double bend,
            Draw draw) {
        int pieces = 6;
        double heading = direction;
        double fromX = x;
        double fromY = y;
        for (int i = 0; i < pieces; i++) {
            double toX = fromX + length / pieces * StrictMath.cos(heading);
            double toY = fromY + length / pieces * StrictMath.sin(heading);
            double begin = 1 - 0.8 * i / pieces;
            double end = 1 - 0.8 * (i + 1) / pieces;
            line(fromX, fromY, width * begin, strength * begin, toX, toY, width * end, strength * end);
            heading += bend * draw.gaussian();
            fromX = toX;
            fromY = toY;
        }
    }
}
