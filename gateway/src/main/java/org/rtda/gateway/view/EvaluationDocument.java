package org.rtda.gateway.view;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.rtda.contracts.RobustnessMetric;
import org.rtda.contracts.settings.SourceModel;

/**
 * An evaluation as REST shows it.
 *
 * @param name null for what the experiment's settings asked for
 * @param last whether it judges the final checkpoint
 * @param suite null while its plan has not come
 * @param transferFrom experiments against whose models the images are made; null where it is no transfer
 * @param epsilon radius of the attack on these, in pixel units; null for that of the training, and where it is no transfer
 * @param gates in a fixed order; empty before its end, and where the suite judges none
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
public record EvaluationDocument(
        String id,
        String name,
        int epoch,
        boolean last,
        String suite,
        List<String> transferFrom,
        Double epsilon,
        EvaluationView.Progress progress,
        List<Gate> gates) {

    /**
     * @param concerns conditions whose figures do not stand when it fails
     * @param finding what was compared, with its numbers
     */
    record Gate(String gate, RobustnessMetric.Gate.Outcome outcome, List<String> concerns, String finding) {
        static Gate of(RobustnessMetric.Gate gate) {
            return new Gate(gate.gate(), gate.outcome(), gate.concerns(), gate.finding());
        }
    }

    public static EvaluationDocument of(EvaluationView view) {
        List<String> sources = view.command() == null || view.command().transferFrom() == null
                ? null
                : view.command().transferFrom().stream()
                        .map(SourceModel::experimentId)
                        .toList();
        return new EvaluationDocument(
                view.id(),
                view.name(),
                view.epoch(),
                view.isLast(),
                view.suite(),
                sources,
                view.command() == null ? null : view.command().epsilon(),
                view.progress(),
                view.gates().stream().map(Gate::of).toList());
    }
}
