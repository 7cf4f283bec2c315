package org.rtda.evaluator.suite;

import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.rtda.contracts.CheckpointSaved;
import org.rtda.contracts.check.KnownNames;
import org.rtda.contracts.dataset.DatasetManifest;
import org.rtda.contracts.settings.AttackSettings;
import org.rtda.contracts.settings.Condition;
import org.rtda.contracts.settings.EvaluationSettings;
import org.rtda.core.corruption.CorruptionTable;

/**
 * What determines the conditions of a suite: the data set, the evaluation settings and the attack of the training.
 *
 * @param settings with the radii resolved for the data set's images
 * @param trainedAgainst the attack of the training, resolved: its norm and epsilon are the training ball
 */
public record SuiteSubject(
        EvaluationSettings settings, AttackSettings trainedAgainst, DatasetManifest manifest, CorruptionTable table) {

    public static SuiteSubject of(CheckpointSaved checkpoint, DatasetManifest manifest) {
        int channels = manifest.channels();
        int height = manifest.height();
        int width = manifest.width();
        return new SuiteSubject(
                checkpoint.spec().evaluation().resolvedFor(channels, height, width),
                checkpoint.spec().attack().resolvedFor(channels, height, width),
                manifest,
                ModalityTable.of(checkpoint, manifest));
    }

    /** Radii of the final evaluation in a norm, rising: those of the settings and, in the norm of the training, its own. */
    SortedSet<Double> radii(String norm) {
        List<Double> wanted = norm.equals("linf") ? settings.linfEpsilons() : settings.epsilons();
        SortedSet<Double> radii = new TreeSet<>(wanted == null ? List.of() : wanted);
        if (trainedAgainst.norm().equals(norm)) {
            radii.add(trainedAgainst.epsilon());
        }
        return radii;
    }

    /** PGD in the training ball with the steps of the evaluation. */
    public AttackSettings pgdOfTheTrainingBall() {
        return pgdOfTheTrainingNorm(trainedAgainst.epsilon());
    }

    /** The same with another radius. */
    AttackSettings pgdOfTheTrainingNorm(double epsilon) {
        return pgd(trainedAgainst.name(), epsilon, settings.attackSteps(), 1);
    }

    /** An attack with its defaults in the training ball. */
    public AttackSettings inTheTrainingBall(String attack) {
        return AttackSettings.of(attack, trainedAgainst.norm(), trainedAgainst.epsilon());
    }

    /** From a random start. */
    static AttackSettings pgd(String name, double epsilon, int steps, int restarts) {
        return AttackSettings.builder()
                .name(name)
                .epsilon(epsilon)
                .steps(steps)
                .randomStart(true)
                .restarts(restarts)
                .build();
    }

    /** The corruptions of the modality's column, in the order of {@link KnownNames#CORRUPTIONS}. */
    List<String> corruptions() {
        return KnownNames.CORRUPTIONS.stream().filter(table::has).toList();
    }

    Condition attack(AttackSettings attack) {
        return Condition.attack(attack, Suite.TEST);
    }
}
