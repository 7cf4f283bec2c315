package org.rtda.core.phantom;

import java.util.List;

/**
 * A square of 40 mm of a breast ultrasound picture, skin on top. Tissue is scatterers at random places whose echoes are
 * convolved with the system's point-spread function (the linear model of Field, Jensen, Medical and Biological Engineering
 * and Computing 34, 1996, 351-353), here in its demodulated form: complex, Gaussian along and across, wider away from the
 * focus. Many scatterers in a resolution cell make fully developed speckle with a Rayleigh envelope (Burckhardt, IEEE
 * Transactions on Sonics and Ultrasonics 25, 1978, 1-6; Wagner, Smith, Sandrik and Lopez, the same 30, 1983, 156-163). The
 * envelope is attenuated on its way, compensated for average tissue, and compressed logarithmically. A lesion that
 * attenuates less than its surroundings therefore has a bright zone behind it, one that attenuates more a shadow.
 *
 * <p>Class 0: smooth, wider than tall, mostly with enhancement behind; class 1: irregular, taller than wide, mostly with a
 * shadow. All of these overlap between the classes.
 */
final class UltrasoundPhantom implements PhantomModel {
    private static final double SIDE_MM = 40;
    private static final double DB_TO_NEPER = StrictMath.log(10) / 20;

    /**
     * @param axialMm deviation of the point-spread function down the picture
     * @param lateralMm the same across it, in the focus
     * @param focusMm depth of the focus
     * @param perSquareMm scatterers
     * @param dynamicRangeDb from black to white
     * @param gainDb shifts all echoes
     * @param compensationErrorDb by which the deepest echoes are too strong
     * @param noiseDb level of the receiver's noise below glandular tissue, at the top
     */
    record Scanner(
            double axialMm,
            double lateralMm,
            double focusMm,
            double perSquareMm,
            double dynamicRangeDb,
            double gainDb,
            double compensationErrorDb,
            double noiseDb) {}

    static final Scanner USUAL = new Scanner(0.16, 0.32, 18, 60, 60, 0, 0, -48);
    private static final Scanner OTHER = new Scanner(0.22, 0.5, 13, 12, 54, -2, -3, -40);

    /** Grey of an echo as strong as that of glandular tissue. */
    private static final double REFERENCE_GREY = 0.62;

    @Override
    public List<String> classNames() {
        return List.of("benign lesion", "malignant lesion");
    }

    @Override
    public String provenance() {
        return "Procedural breast ultrasound phantoms: random scatterers convolved with a point-spread function (Jensen,"
                + " Med. Biol. Eng. Comput. 1996), speckle with a Rayleigh envelope (Burckhardt, IEEE Trans. Sonics"
                + " Ultrason. 1978; Wagner et al., the same, 1983), attenuation with enhancement or shadow behind lesions,"
                + " logarithmic compression. Not patient data.";
    }

    @Override
    public Plane render(int label, boolean otherScanner, int grid, Draw draw) {
        Scanner scanner = otherScanner ? OTHER : USUAL;
        double perMm = grid / SIDE_MM;
        Lesion lesion = Lesion.draw(PhantomModel.look(label, draw) == 1, draw);
        Plane echo = tissue(grid, draw);
        Plane texture = PowerLawField.of(grid, 2.2, draw);
        Plane pathDb = new Plane(grid);
        for (int column = 0; column < grid; column++) {
            double sumDb = 0;
            for (int row = 0; row < grid; row++) {
                double x = (column + 0.5) / perMm;
                double z = (row + 0.5) / perMm;
                int at = row * grid + column;
                double inside = lesion.outline.inside(x, z, lesion.softnessMm);
                double own = lesion.echoDb + lesion.textureDb * texture.values()[at];
                double halo = lesion.haloDb * Math.max(0, 1 - Math.abs(lesion.outline.relative(x, z) - 1.1) / 0.2);
                echo.values()[at] += inside * (own - echo.values()[at]) + halo;
                sumDb -= inside * lesion.attenuationDbPerMm / perMm;
                pathDb.values()[at] = sumDb + scanner.compensationErrorDb * z / SIDE_MM;
            }
        }
        // beams are wide: what lies behind a lesion's edge is lit in part
        Plane path = pathDb.blurred(0.4 * perMm, row -> 0.8 * perMm);
        Plane amplitude = Plane.of(
                grid, (row, column) -> StrictMath.exp(DB_TO_NEPER * (echo.at(row, column) + path.at(row, column))));
        Plane envelope = envelope(amplitude, scanner, draw);
        double gain = scanner.gainDb + draw.uniform(-3, 3);
        return envelope.map(value ->
                REFERENCE_GREY + (20 * StrictMath.log10(Math.max(1e-6, value)) + gain) / scanner.dynamicRangeDb);
    }

    /**
     * The strength of echoes from tissue that scatters with the given amplitude; 1 is the root mean square where that
     * amplitude is 1.
     */
    static Plane envelope(Plane amplitude, Scanner scanner, Draw draw) {
        int grid = amplitude.size();
        double perMm = grid / SIDE_MM;
        double perCell = scanner.perSquareMm / (perMm * perMm);
        Plane real = new Plane(grid);
        Plane imaginary = new Plane(grid);
        for (int i = 0; i < grid * grid; i++) {
            // n scatterers of random phase in a cell add up to a complex Gaussian number of variance n
            double sum = amplitude.values()[i] * Math.sqrt(draw.poisson(perCell) / (2 * perCell));
            real.values()[i] = sum * draw.gaussian();
            imaginary.values()[i] = sum * draw.gaussian();
        }
        double axial = scanner.axialMm * perMm;
        double[] lateral = new double[grid];
        for (int row = 0; row < grid; row++) {
            double off = ((row + 0.5) / perMm - scanner.focusMm) / 15;
            lateral[row] = scanner.lateralMm * perMm * Math.sqrt(1 + off * off);
        }
        Plane echoReal = real.blurred(axial, row -> lateral[(int) row]);
        Plane echoImaginary = imaginary.blurred(axial, row -> lateral[(int) row]);
        double noise = StrictMath.exp(DB_TO_NEPER * scanner.noiseDb) / Math.sqrt(2);
        return Plane.of(grid, (row, column) -> {
            // the energy of a Gaussian kernel of unit sum is 1 / (2 sqrt(pi) sigma) in each direction
            double scale = Math.sqrt(4 * StrictMath.PI * Math.max(0.3, axial) * Math.max(0.3, lateral[row]));
            double louder = noise * StrictMath.exp(DB_TO_NEPER * 12 * row / grid);
            double a = scale * echoReal.at(row, column) + louder * draw.gaussian();
            double b = scale * echoImaginary.at(row, column) + louder * draw.gaussian();
            return Math.sqrt(a * a + b * b);
        });
    }

    /** Skin, fat with septa, gland and muscle: echo strength in dB against gland. */
    private static Plane tissue(int grid, Draw draw) {
        double perMm = grid / SIDE_MM;
        double fatBegins = draw.uniform(1, 2);
        double glandBegins = draw.uniform(5, 11);
        double muscleBegins = draw.uniform(27, 35);
        double slope = draw.uniform(-0.08, 0.08);
        double fatDb = draw.uniform(-13, -8);
        double muscleDb = draw.uniform(-12, -6);
        double textureDb = draw.uniform(1.5, 3.5);
        double phase = draw.angle();
        double wave = draw.uniform(0.1, 0.25);
        Plane texture = PowerLawField.of(grid, 2.5, draw);
        Plane wander = PowerLawField.of(grid, 3.5, draw);
        Strokes septa = new Strokes(grid);
        int count = 4 + draw.below(6);
        for (int i = 0; i < count; i++) {
            septa.strand(
                    draw.uniform(0, grid),
                    draw.uniform(fatBegins, glandBegins + 4) * perMm,
                    draw.uniform(-0.5, 0.5) + (draw.chance(0.5) ? StrictMath.PI : 0),
                    draw.uniform(8, 18) * perMm,
                    draw.uniform(0.25, 0.5) * perMm,
                    draw.uniform(6, 12),
                    0.25,
                    draw);
        }
        return Plane.of(grid, (row, column) -> {
            double x = (column + 0.5) / perMm;
            double z = (row + 0.5) / perMm + 1.2 * wander.at(row, column) + slope * (x - SIDE_MM / 2);
            double gland = Outline.smooth((z - glandBegins) / 1.2 + 0.5);
            double muscle = Outline.smooth((z - muscleBegins) / 1.2 + 0.5);
            double layers = fatDb
                    + gland * -fatDb
                    + muscle * (muscleDb + 4 * StrictMath.sin(2 * StrictMath.PI * wave * 3 * z + phase));
            double skin = 14 * Outline.smooth((fatBegins - (row + 0.5) / perMm) / 0.6 + 0.5);
            double fascia = 9 * Math.max(0, 1 - Math.abs(z - muscleBegins) / 0.6);
            return layers
                    + skin
                    + fascia
                    + textureDb * texture.at(row, column)
                    + septa.plane().at(row, column);
        });
    }

    /** @param attenuationDbPerMm above that of the surroundings, to and fro */
    private record Lesion(
            Outline outline,
            double softnessMm,
            double echoDb,
            double textureDb,
            double haloDb,
            double attenuationDbPerMm) {

        static Lesion draw(boolean malignant, Draw draw) {
            double radius = draw.logNormal(malignant ? 6.2 : 5.6, 0.2);
            double widerThanTall = draw.logNormal(malignant ? 0.95 : 1.45, 0.2);
            double irregular = malignant ? draw.uniform(0.06, 0.2) : draw.uniform(0.02, 0.1);
            Outline outline = new Outline(
                    SIDE_MM / 2 + draw.uniform(-6, 6),
                    draw.uniform(14, 20),
                    radius * Math.sqrt(widerThanTall),
                    radius / Math.sqrt(widerThanTall),
                    draw.gaussian(0, 0.2),
                    irregular,
                    2,
                    malignant ? 10 : 6,
                    draw);
            double attenuation = malignant ? draw.gaussian(1.0, 0.5) : draw.gaussian(-0.5, 0.4);
            return new Lesion(
                    outline,
                    malignant ? draw.uniform(0.4, 2) : draw.uniform(0.2, 1.2),
                    draw.uniform(malignant ? -19 : -17, malignant ? -9 : -8),
                    malignant ? draw.uniform(1, 3.5) : draw.uniform(0.5, 2.5),
                    malignant ? draw.uniform(0, 5) : draw.uniform(0, 2),
                    attenuation);
        }
    }
}
