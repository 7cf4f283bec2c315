package org.rtda.gateway.view;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Locale;
import org.rtda.contracts.RobustnessMetric;
import org.rtda.contracts.settings.SourceModel;

/**
 * An evaluation as REST shows it.
 *
 * @param id identity of the evaluation, {@code EXPERIMENT/epoch-NNNNN/NAME}; the own ones of an experiment have no name in it
 * @param experiment whose evaluation it is
 * @param name under which people asked for it; null for what the experiment's settings asked for
 * @param state where it stands
 * @param queue its place in the queue; null unless nobody has begun it, and null where it stands within its experiment's document
 * @param epoch epochs that the judged checkpoint was trained for
 * @param last whether it judges the final checkpoint
 * @param suite its set of conditions; null while its plan has not come
 * @param transferFrom experiments against whose models the images are made; null where it is no transfer
 * @param epsilon radius of the attack on these, in pixel units; null for that of the training, and where it is no transfer
 * @param progress conditions planned and done
 * @param gates in a fixed order; empty before its end, and where the suite judges none
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
public record EvaluationDocument(
        String id,
        String experiment,
        String name,
        State state,
        QueuePlace queue,
        int epoch,
        boolean last,
        String suite,
        List<String> transferFrom,
        Double epsilon,
        EvaluationView.Progress progress,
        List<Gate> gates) {

    /** Where an evaluation stands. */
    public enum State {
        /** No condition has an answer. */
        WAITING,
        RUNNING,
        /** People have asked to end it, and conditions are left. */
        CANCELLING,
        /** Ended with figures, of whichever conditions could be measured. */
        COMPLETED,
        /** Ended without any figure. */
        FAILED,
        /** Ended without some of its figures because people cancelled it. */
        CANCELLED;

        static State of(EvaluationView evaluation, boolean cancelRequested) {
            EvaluationView.Progress progress = evaluation.progress();
            if (!progress.completed()) {
                if (cancelRequested) {
                    return CANCELLING;
                }
                return evaluation.isBegun() ? RUNNING : WAITING;
            }
            if (progress.cancelled() > 0) {
                return CANCELLED;
            }
            return progress.measured() == 0 && progress.failed() > 0 ? FAILED : COMPLETED;
        }

        public String inWords() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * @param gate name of the rule
     * @param outcome whether the figures keep it
     * @param concerns conditions whose figures do not stand when it fails; where it fails and names none, those of all
     * @param finding what was compared, with its numbers
     */
    record Gate(String gate, RobustnessMetric.Gate.Outcome outcome, List<String> concerns, String finding) {
        static Gate of(RobustnessMetric.Gate gate) {
            return new Gate(gate.gate(), gate.outcome(), gate.concerns(), gate.finding());
        }
    }

    /** @param experiment whose evaluation it is */
    public static EvaluationDocument of(ExperimentView experiment, EvaluationView view) {
        List<String> sources = view.command() == null || view.command().transferFrom() == null
                ? null
                : view.command().transferFrom().stream()
                        .map(SourceModel::experimentId)
                        .toList();
        return new EvaluationDocument(
                view.id(),
                experiment.id(),
                view.name(),
                State.of(view, experiment.isCancelRequested(view.id())),
                null,
                view.epoch(),
                view.isLast(),
                view.suite(),
                sources,
                view.command() == null ? null : view.command().epsilon(),
                view.progress(),
                view.gates().stream().map(Gate::of).toList());
    }

    /** Whether nobody has begun it. */
    public boolean waits() {
        return state == State.WAITING;
    }

    /** The same with its place in the queue; only what nobody has begun has one. */
    public EvaluationDocument withQueue(QueuePlace place) {
        return new EvaluationDocument(
                id, experiment, name, state, place, epoch, last, suite, transferFrom, epsilon, progress, gates);
    }
}
