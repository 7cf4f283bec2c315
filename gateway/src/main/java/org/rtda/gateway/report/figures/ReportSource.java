package org.rtda.gateway.report.figures;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.rtda.contracts.CheckpointSaved;
import org.rtda.contracts.ExperimentCommand;
import org.rtda.contracts.ExperimentSpec;
import org.rtda.contracts.ExperimentStatus;
import org.rtda.contracts.RobustnessMetric;
import org.rtda.contracts.TrainingMetric;
import org.rtda.contracts.card.CardFacts;
import org.rtda.contracts.dataset.DatasetManifest;
import org.rtda.contracts.dataset.HealthyClass;
import org.rtda.contracts.settings.AttackSettings;
import org.rtda.contracts.settings.Condition;

/**
 * The data of a report, as they were when it was requested.
 *
 * @param training by step; very long runs thinned
 * @param evaluations of the final checkpoint
 * @param manifest of its data set; empty when the store does not give it
 * @param withGallery whether to show images; they are patients'
 * @param facts what somebody states of the model
 * @param version of the program that writes it
 */
public record ReportSource(
        ExperimentCommand.Submit submit,
        ExperimentStatus status,
        Optional<CheckpointSaved> checkpoint,
        List<TrainingMetric> training,
        List<Evaluation> evaluations,
        Optional<DatasetManifest> manifest,
        KeptDocuments documents,
        boolean withGallery,
        CardFacts facts,
        String version,
        Instant writtenAt) {

    /**
     * @param suite empty while its plan has not come
     * @param plan its conditions, none likewise
     */
    public record Evaluation(
            String id,
            Optional<String> suite,
            List<Condition> plan,
            boolean completed,
            List<RobustnessMetric.Measured> measured,
            List<RobustnessMetric.Failed> failed,
            List<RobustnessMetric.Gate> gates) {
        /** How many conditions, 0 while its plan has not come. */
        public int planned() {
            return plan.size();
        }
    }

    public ExperimentSpec spec() {
        return submit.spec();
    }

    /** What the experiment's training attack is, its radius filled in where that is known. */
    public AttackSettings trainingAttack() {
        return manifest.map(data -> spec().attack().resolvedFor(data.channels(), data.height(), data.width()))
                .orElse(spec().attack());
    }

    /** Name of the class that means no disease, and whether that is assumed; empty where there is none. */
    public Optional<String> healthyClass() {
        return manifest.flatMap(data -> HealthyClass.of(data)
                .map(healthy -> "“" + data.classes().get(healthy.label()) + "”"
                        + (healthy.assumed()
                                ? " (" + HealthyClass.ASSUMED + ": the import names none, see --healthy)"
                                : "")));
    }
}
