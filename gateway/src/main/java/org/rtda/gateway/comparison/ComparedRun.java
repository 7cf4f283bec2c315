package org.rtda.gateway.comparison;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.rtda.contracts.EventCodec;
import org.rtda.contracts.ExperimentCommand;
import org.rtda.contracts.Figure;
import org.rtda.contracts.RobustnessMetric.Measured;
import org.rtda.contracts.settings.Condition;
import org.rtda.core.metrics.Estimate;

/** An experiment that is compared. */
public final class ComparedRun {
    private static final ObjectMapper MAPPER = EventCodec.mapper();
    private static final String SEED = "seed";

    private final ExperimentCommand.Submit submit;
    private final List<Measured> measured;
    private final Map<String, Measured> byCondition = new HashMap<>();
    private final Map<String, List<String>> failedGates;

    /**
     * @param measured of its final evaluation so far
     * @param failedGates by label of a condition, the gates that say of its figures that they do not stand; a label that is missing
     *     fails none
     */
    public ComparedRun(
            ExperimentCommand.Submit submit, List<Measured> measured, Map<String, List<String>> failedGates) {
        this.submit = submit;
        this.measured = List.copyOf(measured);
        this.failedGates = Map.copyOf(failedGates);
        this.measured.forEach(each -> byCondition.putIfAbsent(each.condition().key(), each));
    }

    public ExperimentCommand.Submit submit() {
        return submit;
    }

    public List<Measured> measured() {
        return measured;
    }

    String experiment() {
        return submit.experimentId();
    }

    long seed() {
        return submit.spec().seed();
    }

    /** What runs of one group share. */
    ObjectNode specificationWithoutSeed() {
        ObjectNode specification = MAPPER.valueToTree(submit.spec());
        specification.remove(SEED);
        return specification;
    }

    Optional<Measured> under(Condition condition) {
        return Optional.ofNullable(byCondition.get(condition.key()));
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
