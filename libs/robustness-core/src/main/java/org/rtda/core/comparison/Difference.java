package org.rtda.core.comparison;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Optional;
import org.rtda.core.metrics.Estimate;
import org.rtda.core.metrics.PairedDifference;
import org.rtda.core.metrics.SampleMean;

/**
 * The first method's figure minus the second's, over the seeds that both have.
 *
 * @param mean over the seeds; null where they have none in common
 * @param low lower end of the 95% interval: Student's over seeds; where all seeds differ by exactly the same, which leaves
 *     Student's without a width, the mean of their intervals over test images; null for fewer than two seeds
 * @param high upper end of the 95% interval; null where {@code low} is
 * @param pValue of no difference; null for fewer than two seeds, or when all differ by exactly the same
 * @param holm the p-value corrected for all comparisons of the condition; null before that
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
public record Difference(Double mean, Double low, Double high, Double pValue, Double holm) {
    private static final Difference NOT_MEASURED = new Difference(null, null, null, null, null);

    /** One seed's two figures. */
    record Pair(Estimate first, Estimate second, Estimate overImages) {
        /** Of which nothing is known image by image. */
        static Pair of(Estimate first, Estimate second) {
            return new Pair(first, second, PairedDifference.ofFigures(first, second));
        }

        private double difference() {
            return first.value() - second.value();
        }
    }

    static Difference of(List<Pair> seeds) {
        if (seeds.isEmpty()) {
            return NOT_MEASURED;
        }
        double[] differences = seeds.stream().mapToDouble(Pair::difference).toArray();
        Optional<SampleMean> overSeeds = SampleMean.of(differences);
        if (overSeeds.isEmpty()) {
            return new Difference(differences[0], null, null, null, null);
        }
        SampleMean mean = overSeeds.get();
        Double pValue = mean.pValueOfZero().orElse(null);
        if (mean.showsSpread()) {
            return new Difference(mean.mean(), mean.low(), mean.high(), pValue, null);
        }
        return new Difference(
                mean.mean(),
                seeds.stream()
                        .mapToDouble(seed -> seed.overImages().low())
                        .average()
                        .orElseThrow(),
                seeds.stream()
                        .mapToDouble(seed -> seed.overImages().high())
                        .average()
                        .orElseThrow(),
                pValue,
                null);
    }

    Difference withHolm(Double corrected) {
        return new Difference(mean, low, high, pValue, corrected);
    }
}
