package org.rtda.core.phantom;

import java.util.List;

/**
 * A frontal chest X-ray of 340 mm: a parametric thorax (lungs, heart, mediastinum, spine, ribs, clavicles, diaphragm) as
 * thicknesses of soft tissue and bone, attenuated by the law of Beer and Lambert, then scatter, blur and Poisson noise as in
 * {@link XrayDetector}; lung texture is a power-law field. The idea of thorax phantoms from simple shapes is that of the
 * XCAT family (Segars et al., Medical Physics 37, 2010, 4902-4915). Coefficients near 60 keV after Hubbell and Seltzer,
 * NISTIR 5632, 1995.
 *
 * <p>Class 0: clear lungs; class 1: a consolidation, airspace filled with fluid, dense and patchy with a soft border, with
 * the air in its bronchi left as dark branches. Faint and small ones overlap with the crowded vessels, poor breaths and
 * soft-tissue shadows that clear lungs have, too.
 */
final class ChestXrayPhantom implements PhantomModel {
    private static final double SOFT_PER_CM = 0.205;
    private static final double BONE_PER_CM = 0.55;
    private static final double THORAX_CM = 20;
    private static final double LUNG_DENSITY = 0.27;

    private static final XrayDetector USUAL = new XrayDetector(1500, 0.4, 0.09, 0.0025, 2.4, 0.48, 1);
    private static final XrayDetector OTHER = new XrayDetector(250, 1.2, 0.12, 0.014, 2.1, 0.51, 0.85);

    @Override
    public List<String> classNames() {
        return List.of("clear lungs", "consolidation");
    }

    @Override
    public String provenance() {
        return "Procedural chest X-ray phantoms: parametric thorax (after the idea of Segars et al., Med. Phys. 2010),"
                + " Beer-Lambert attenuation (coefficients of Hubbell and Seltzer, NISTIR 5632), scatter (Seibert and Boone,"
                + " Med. Phys. 1988), detector blur and Poisson noise; consolidations with air bronchograms. Not patient"
                + " data.";
    }

    /** Positions are in parts of half a side: -1 to 1, first coordinate to the right, second down. */
    @Override
    public Plane render(int label, boolean otherScanner, int grid, Draw draw) {
        Thorax thorax = Thorax.draw(draw);
        Plane vessels = vessels(thorax, grid, draw);
        Plane texture = PowerLawField.of(grid, 2.6, draw);
        double textureCm = draw.uniform(0.25, 0.7);
        Plane filled = PhantomModel.look(label, draw) == 1 ? consolidation(thorax, grid, draw) : new Plane(grid);
        Plane bone = bones(thorax, grid, draw);
        double breastCm = draw.chance(0.5) ? draw.uniform(0.5, 2.5) : 0;
        Plane attenuation = Plane.of(grid, (row, column) -> {
            double u = 2 * (column + 0.5) / grid - 1;
            double v = 2 * (row + 0.5) / grid - 1;
            double body = thorax.bodyCm(u, v);
            double air = Math.min(0.9 * body, thorax.airCm(u, v));
            double openAir = air * (1 - filled.at(row, column));
            double soft = body
                    - (1 - LUNG_DENSITY) * openAir
                    + openAir / THORAX_CM * (vessels.at(row, column) + textureCm * texture.at(row, column))
                    + breastCm * thorax.breast(u, v);
            return SOFT_PER_CM * soft + (BONE_PER_CM - SOFT_PER_CM) * bone.at(row, column);
        });
        return (otherScanner ? OTHER : USUAL).expose(attenuation, draw);
    }

    /** Vessels that branch from the two hila, in cm. */
    private static Plane vessels(Thorax thorax, int grid, Draw draw) {
        Strokes strokes = new Strokes(grid);
        double half = grid / 2.0;
        double crowd = draw.uniform(0.6, 1.6);
        for (int side = -1; side <= 1; side += 2) {
            double x = half * (1 + thorax.shift() + side * 0.17);
            double y = half * (1 + thorax.hilum());
            int count = 9 + draw.below(6);
            for (int i = 0; i < count; i++) {
                double direction = side > 0 ? draw.uniform(-1.3, 1.4) : StrictMath.PI - draw.uniform(-1.3, 1.4);
                strokes.strand(
                        x,
                        y,
                        direction,
                        half * draw.uniform(0.25, 0.6),
                        half * draw.uniform(0.015, 0.035),
                        crowd * draw.uniform(1.5, 4),
                        0.2,
                        draw);
            }
        }
        return strokes.plane().blurred(0.004 * grid);
    }

    /** The part of the airspace that is filled, 0 to 1. */
    private static Plane consolidation(Thorax thorax, int grid, Draw draw) {
        Plane filled = new Plane(grid);
        int patches = 1 + (draw.chance(0.4) ? 1 : 0);
        for (int patch = 0; patch < patches; patch++) {
            int side = draw.chance(0.5) ? 1 : -1;
            double[] centre = thorax.placeInLung(side, draw);
            double radius = draw.uniform(0.17, 0.4);
            double density = draw.uniform(0.3, 0.95);
            Outline outline = new Outline(
                    centre[0], centre[1], radius, radius * draw.uniform(0.8, 1.4), draw.angle(), 0.2, 2, 7, draw);
            Plane texture = PowerLawField.of(grid, 2.8, draw);
            Plane bronchi = bronchi(thorax, side, centre, radius, grid, draw);
            for (int row = 0; row < grid; row++) {
                for (int column = 0; column < grid; column++) {
                    double u = 2 * (column + 0.5) / grid - 1;
                    double v = 2 * (row + 0.5) / grid - 1;
                    double inside = outline.inside(u, v, 1.3 * radius);
                    double patchy = Math.max(0, 1 + 0.35 * texture.at(row, column)) * (1 - bronchi.at(row, column));
                    double here = Math.min(1, density * inside * patchy);
                    int at = row * grid + column;
                    filled.values()[at] = 1 - (1 - filled.values()[at]) * (1 - here);
                }
            }
        }
        return filled;
    }

    /** Air that stays in the bronchi: branches from the hilum's side through the consolidation. */
    private static Plane bronchi(Thorax thorax, int side, double[] centre, double radius, int grid, Draw draw) {
        Strokes strokes = new Strokes(grid);
        double half = grid / 2.0;
        double fromX = thorax.shift() + side * 0.17;
        double heading = StrictMath.atan2(centre[1] - thorax.hilum(), centre[0] - fromX);
        int count = 3 + draw.below(3);
        for (int i = 0; i < count; i++) {
            double turned = heading + draw.uniform(-0.6, 0.6);
            strokes.strand(
                    half * (1 + centre[0] - 0.7 * radius * StrictMath.cos(turned)),
                    half * (1 + centre[1] - 0.7 * radius * StrictMath.sin(turned)),
                    turned,
                    half * 1.5 * radius,
                    half * draw.uniform(0.010, 0.018),
                    draw.uniform(0.4, 0.8),
                    0.2,
                    draw);
        }
        return strokes.plane();
    }

    /** Ribs, clavicles and spine, in cm. */
    private static Plane bones(Thorax thorax, int grid, Draw draw) {
        Strokes strokes = new Strokes(grid);
        double half = grid / 2.0;
        double spacing = draw.uniform(0.155, 0.185);
        double bend = draw.uniform(0.25, 0.4);
        double ribCm = draw.uniform(0.45, 0.8);
        double first = draw.uniform(-0.95, -0.85);
        for (int side = -1; side <= 1; side += 2) {
            for (int rib = 0; rib < 10; rib++) {
                double reach = Math.min(0.86, 0.45 + 0.12 * rib);
                double top = first + rib * spacing;
                double width = half * draw.uniform(0.024, 0.032);
                for (int piece = 0; piece < 8; piece++) {
                    double s0 = 0.06 + (reach - 0.06) * piece / 8;
                    double s1 = 0.06 + (reach - 0.06) * (piece + 1) / 8;
                    strokes.line(
                            half * (1 + thorax.shift() + side * s0),
                            half * (1 + top + bend * s0 * s0),
                            width,
                            ribCm,
                            half * (1 + thorax.shift() + side * s1),
                            half * (1 + top + bend * s1 * s1),
                            width,
                            ribCm);
                }
            }
            strokes.line(
                    half * (1 + thorax.shift() + side * 0.06),
                    half * (1 - 0.66),
                    half * 0.035,
                    1.0,
                    half * (1 + thorax.shift() + side * 0.75),
                    half * (1 - 0.83),
                    half * 0.03,
                    0.7);
        }
        Plane ribs = strokes.plane();
        return Plane.of(grid, (row, column) -> {
            double u = 2 * (column + 0.5) / grid - 1 - thorax.shift();
            double spine = 1.6 * Math.max(0, 1 - (u / 0.09) * (u / 0.09));
            return ribs.at(row, column) + spine;
        });
    }
}
