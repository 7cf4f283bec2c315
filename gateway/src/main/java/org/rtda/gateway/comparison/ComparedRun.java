package org.rtda.gateway.comparison;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.rtda.contracts.EventCodec;
import org.rtda.contracts.ExperimentCommand;
import org.rtda.contracts.RobustnessMetric.Figure;
import org.rtda.contracts.RobustnessMetric.Measured;
import org.rtda.contracts.settings.Condition;
import org.rtda.core.metrics.Estimate;

/**
 * An experiment that is compared.
 *
 * @param measured of its final evaluation so far
 * @param failedGates by label of a condition, the gates that say of its figures that they do not stand; a label that is missing
 *     fails none
 */
public record ComparedRun(
        ExperimentCommand.Submit submit, List<Measured> measured, Map<String, List<String>> failedGates) {
    private static final String SEED = "seed";

    public ComparedRun {
        measured = List.copyOf(measured);
        failedGates = Map.copyOf(failedGates);
    }

    String experiment() {
        return submit.experimentId();
    }

    long seed() {
        return submit.spec().seed();
    }

    /** What runs of one group share. */
    ObjectNode specificationWithoutSeed() {
        ObjectNode specification = EventCodec.mapper().valueToTree(submit.spec());
        specification.remove(SEED);
        return specification;
    }

    /** Labels are equal for equal conditions of a split. */
    Optional<Measured> under(Condition condition) {
        return measured.stream()
                .filter(m -> m.condition().split().equals(condition.split())
                        && m.condition().label().equals(condition.label()))
                .findFirst();
    }

    List<String> gatesFailedUnder(Condition condition) {
        return failedGates.getOrDefault(condition.label(), List.of());
    }

    /** A figure that is defined. */
    static Optional<Estimate> figure(Measured measured, String metric) {
        return measured.values().stream()
                .filter(figure -> figure.metric().equals(metric) && figure.value() != null)
                .map(ComparedRun::estimate)
                .findFirst();
    }

    private static Estimate estimate(Figure figure) {
        return new Estimate(figure.value(), figure.low(), figure.high(), figure.n());
    }
}
