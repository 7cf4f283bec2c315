package org.rtda.core.phantom;

import java.util.List;

/**
 * A square of 30 mm of a mammogram around a mass. Breast tissue is a mixture of fat and gland whose share varies as a
 * Gaussian field with power 1/f^beta, beta about 3 (Burgess, Jacobson and Judy, Medical Physics 28, 2001, 419-437), crossed
 * by fibrous strands. The mass displaces it: class 0 smooth or lobulated, class 1 with a jagged edge and spicules, with an
 * overlap between them. Attenuation coefficients near 20 keV after Johns and Yaffe, Physics in Medicine and Biology 32,
 * 1987, 675-695; detection as in {@link XrayDetector}.
 */
final class MammogramPhantom implements PhantomModel {
    static final double BETA = 3;

    private static final double SIDE_MM = 30;
    private static final double THICKNESS_MM = 45;
    private static final double FAT_PER_MM = 0.0456;
    private static final double GLAND_PER_MM = 0.0802;
    private static final double MASS_PER_MM = 0.0850;

    private static final XrayDetector USUAL = new XrayDetector(900, 0.15, 0.08, 0.004, 0.95, 0.33, 1);
    private static final XrayDetector OTHER = new XrayDetector(200, 0.6, 0.10, 0.02, 1.05, 0.36, 1.25);

    @Override
    public List<String> classNames() {
        return List.of("benign mass", "malignant mass");
    }

    @Override
    public String provenance() {
        return "Procedural mammogram phantoms: power-law breast texture (Burgess, Jacobson and Judy, Med. Phys. 2001),"
                + " smooth against spiculated masses, Beer-Lambert attenuation (coefficients of Johns and Yaffe, Phys. Med."
                + " Biol. 1987), scatter (Seibert and Boone, Med. Phys. 1988), detector blur and Poisson noise. Not"
                + " patient data.";
    }

    @Override
    public Plane render(int label, boolean otherScanner, int grid, Draw draw) {
        Plane gland = gland(grid, draw);
        Plane mass = mass(PhantomModel.look(label, draw) == 1, grid, draw);
        Plane attenuation = Plane.of(grid, (row, column) -> {
            double tissue = FAT_PER_MM + gland.at(row, column) * (GLAND_PER_MM - FAT_PER_MM);
            return tissue * THICKNESS_MM + mass.at(row, column) * (MASS_PER_MM - tissue);
        });
        return (otherScanner ? OTHER : USUAL).expose(attenuation, draw);
    }

    /** The share of gland, 0 to 1. */
    static Plane gland(int grid, Draw draw) {
        double share = draw.uniform(0.12, 0.3);
        double deviation = draw.uniform(0.03, 0.07);
        Plane field = PowerLawField.of(grid, draw.gaussian(BETA, 0.1), draw);
        double perMm = grid / SIDE_MM;
        Strokes strands = new Strokes(grid);
        int count = 3 + draw.below(5);
        for (int i = 0; i < count; i++) {
            strands.strand(
                    draw.uniform(0, grid),
                    draw.uniform(0, grid),
                    draw.angle(),
                    draw.uniform(10, 25) * perMm,
                    draw.uniform(0.3, 0.8) * perMm,
                    draw.uniform(0.03, 0.10),
                    0.25,
                    draw);
        }
        return Plane.of(grid, (row, column) -> {
            double value =
                    share + deviation * field.at(row, column) + strands.plane().at(row, column);
            return Math.min(1, Math.max(0, value));
        });
    }

    /** How much of the thickness the mass takes, in mm. */
    private static Plane mass(boolean malignant, int grid, Draw draw) {
        double perMm = grid / SIDE_MM;
        double middle = SIDE_MM / 2;
        double spiculation = malignant ? draw.uniform(0.3, 1) : Math.max(0, draw.uniform(-0.5, 0.4));
        double radius = draw.logNormal(malignant ? 5.3 : 6.0, 0.2);
        double stretch = draw.uniform(1, malignant ? 1.35 : 1.6);
        double depth = radius * (malignant ? draw.uniform(1.0, 1.7) : draw.uniform(0.4, 0.8));
        Outline edge = new Outline(
                middle + draw.uniform(-1.2, 1.2),
                middle + draw.uniform(-1.2, 1.2),
                radius * Math.sqrt(stretch),
                radius / Math.sqrt(stretch),
                draw.angle(),
                0.05 + 0.16 * spiculation,
                2,
                3 + (int) (9 * spiculation),
                draw);
        Strokes spicules = new Strokes(grid);
        int count = (int) Math.rint(20 * spiculation * draw.uniform(0.7, 1.2));
        for (int i = 0; i < count; i++) {
            double direction = draw.angle();
            double from = 0.7 * edge.radius(direction);
            spicules.strand(
                    (edge.centreX() + from * StrictMath.cos(direction)) * perMm,
                    (edge.centreY() + from * StrictMath.sin(direction)) * perMm,
                    direction,
                    radius * draw.uniform(0.7, 0.9 + 1.2 * spiculation) * perMm,
                    draw.uniform(0.6, 1.2) * perMm,
                    draw.uniform(0.5, 1.0) * depth,
                    0.12,
                    draw);
        }
        Plane both = Plane.of(grid, (row, column) -> {
            double relative = edge.relative((column + 0.5) / perMm, (row + 0.5) / perMm);
            double body = relative < 1 ? 2 * depth * Math.sqrt(1 - relative * relative) : 0;
            return Math.max(body, spicules.plane().at(row, column));
        });
        return both.blurred((0.2 + 0.3 * spiculation) * perMm);
    }
}
