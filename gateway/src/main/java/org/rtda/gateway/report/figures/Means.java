package org.rtda.gateway.report.figures;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.rtda.contracts.Figure;
import org.rtda.contracts.RobustnessMetric.Measured;
import org.rtda.core.metrics.Estimate;
import org.rtda.core.metrics.PairedDifference;
import org.rtda.report.Flag;
import org.rtda.report.ReportFigure;
import org.rtda.report.TableCell;

/**
 * Means of a figure over conditions. There is no mean where one of the conditions is missing, because it would be a
 * mean of something else.
 */
public final class Means {
    private Means() {}

    /**
     * @param conditions how many there should be
     * @return the mean; its interval is the mean of the conditions' ends, no narrower than it should be since they share
     *     their images
     */
    public static TableCell of(Findings findings, List<Measured> measured, int conditions, String metric) {
        if (measured.size() < conditions || measured.isEmpty()) {
            return TableCell.figure(
                    ReportFigure.missing(measured.size() + " of " + conditions + " conditions are measured"),
                    List.of());
        }
        double value = 0;
        double low = 0;
        double high = 0;
        int images = Integer.MAX_VALUE;
        List<Figure> parts = new ArrayList<>();
        Integer drawnFrom = null;
        for (Measured m : measured) {
            Optional<Figure> figure = Findings.defined(m, metric);
            if (figure.isEmpty()) {
                return TableCell.figure(
                        ReportFigure.missing(
                                "not defined under " + m.condition().label()),
                        findings.flags(measured));
            }
            value += figure.get().value() / measured.size();
            low += figure.get().low() / measured.size();
            high += figure.get().high() / measured.size();
            if (figure.get().n() < images) {
                images = figure.get().n();
                drawnFrom = Findings.drawnFrom(m, images);
            }
            parts.add(figure.get());
        }
        return TableCell.figure(
                ReportFigure.builder()
                        .value(value)
                        .low(low)
                        .high(high)
                        .n(images)
                        .note("mean over " + conditions + " conditions, ends likewise")
                        .constant(constantOf(parts))
                        .assumption(Findings.assumptionOf(parts))
                        .build()
                        .drawnFrom(drawnFrom),
                findings.flags(measured));
    }

    /** The mean of the constants, or null where one of them has none. */
    private static Double constantOf(List<Figure> parts) {
        double sum = 0;
        for (Figure part : parts) {
            if (part.constant() == null) {
                return null;
            }
            sum += part.constant();
        }
        return sum / parts.size();
    }

    /** The mean less the clean figure; its interval takes the two for independent, though their images are the same. */
    public static TableCell changeFromClean(Findings findings, TableCell mean, String metric) {
        Optional<Figure> clean = findings.clean().flatMap(m -> Findings.defined(m, metric));
        if (mean.figure().value() == null || clean.isEmpty()) {
            return TableCell.figure(
                    ReportFigure.missing(
                            clean.isEmpty()
                                    ? "the clean figure is not there"
                                    : mean.figure().note()),
                    List.of());
        }
        List<Flag> flags = new ArrayList<>(mean.flags());
        findings.flags(findings.clean().orElseThrow()).stream()
                .filter(flag -> !flags.contains(flag))
                .forEach(flags::add);
        Estimate change = PairedDifference.ofFigures(
                new Estimate(
                        mean.figure().value(),
                        mean.figure().low(),
                        mean.figure().high(),
                        mean.figure().n()),
                new Estimate(
                        clean.get().value(),
                        clean.get().low(),
                        clean.get().high(),
                        clean.get().n()));
        return TableCell.figure(
                ReportFigure.builder()
                        .value(change.value())
                        .low(change.low())
                        .high(change.high())
                        .n(change.n())
                        .note("difference of two figures of the same images; the interval takes them for independent,"
                                + " so it is no narrower than it should be")
                        .build()
                        .drawnFrom(mean.figure().drawnFrom()),
                flags);
    }
}
