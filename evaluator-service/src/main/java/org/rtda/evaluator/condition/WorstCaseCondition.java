package org.rtda.evaluator.condition;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.rtda.contracts.Figure;
import org.rtda.contracts.settings.AttackSettings;
import org.rtda.contracts.settings.Condition;
import org.rtda.evaluator.attack.AttackOrder;
import org.rtda.evaluator.attack.AttackedBatches;
import org.rtda.evaluator.context.Batches;
import org.rtda.evaluator.context.CleanBatch;
import org.rtda.evaluator.context.EvaluationContext;
import org.rtda.evaluator.context.Proportions;
import org.rtda.evaluator.figures.Figures;
import org.rtda.evaluator.figures.ModelAnswers;

/**
 * The pointwise worst of several attacks, tried in their order: an image that the model has wrong, as it is or under an
 * attack, is not given to the next. Each image counts with the logits of least margin (true class less the best other) that
 * anything gave it, the clean image included, so the accuracy is the robust accuracy of the set.
 */
final class WorstCaseCondition implements ConditionKind {
    static final String SUCCESS = "attack-success-rate";

    private final AttackedBatches attacks;

    WorstCaseCondition(AttackedBatches attacks) {
        this.attacks = attacks;
    }

    @Override
    public ConditionResult measure(EvaluationContext judging) throws InterruptedException {
        Course course = new Course(judging);
        int right = course.standing().length;
        List<String> fooled = new ArrayList<>();
        int before = right;
        for (AttackSettings member : judging.condition().attackSet().members()) {
            String label = Condition.attack(member, judging.condition().split()).label();
            AttackOrder order = AttackOrder.on(judging, member).drawnFor("-" + label);
            attacks.run(
                    judging,
                    order,
                    AttackedBatches.parts(course.standing()),
                    (part, batch, adversarial, zeroGradients) ->
                            course.take(batch, judging.logits(batch.indices(), adversarial)));
            int after = course.standing().length;
            fooled.add(label + " " + (before - after));
            before = after;
        }
        return new ConditionResult(course.answers(), List.of(success(right, before, fooled)), List.of());
    }

    private static Figure success(int right, int standing, List<String> fooled) {
        String note = String.format(
                Locale.ROOT,
                "of the %d images that are right unperturbed; first fooled by %s; %d stand",
                right,
                String.join(", ", fooled),
                standing);
        return right == 0
                ? Figure.undefined(SUCCESS, 0, "no image is right unperturbed")
                : Proportions.of(SUCCESS, right - standing, right, note);
    }

    /** The worst so far, by image. */
    private static final class Course {
        private final int[] indices;
        private final int[] labels;
        private final float[][] worst;

        private Course(EvaluationContext judging) {
            this.indices = judging.indices();
            this.labels = new int[indices.length];
            this.worst = new float[indices.length][];
            for (int[] some : Batches.of(indices)) {
                CleanBatch batch = judging.clean(some);
                float[][] said = judging.logits(some, batch.images());
                for (int i = 0; i < some.length; i++) {
                    int place = placeOf(some[i]);
                    labels[place] = batch.labels()[i];
                    worst[place] = said[i];
                }
            }
        }

        /** The images that nothing has fooled. */
        private int[] standing() {
            return IntStream.range(0, labels.length)
                    .filter(place -> isRight(worst[place], place))
                    .map(place -> indices[place])
                    .toArray();
        }

        private void take(CleanBatch batch, float[][] said) {
            for (int i = 0; i < said.length; i++) {
                int place = placeOf(batch.indices()[i]);
                if (!isRight(said[i], place) || margin(said[i], place) < margin(worst[place], place)) {
                    worst[place] = said[i];
                }
            }
        }

        /** Of an image among {@link #indices}, which rise. */
        private int placeOf(int image) {
            return Arrays.binarySearch(indices, image);
        }

        private boolean isRight(float[] logits, int place) {
            return Figures.likeliest(logits) == labels[place];
        }

        private double margin(float[] logits, int place) {
            double best = Double.NEGATIVE_INFINITY;
            for (int c = 0; c < logits.length; c++) {
                best = c == labels[place] ? best : Math.max(best, logits[c]);
            }
            return logits[labels[place]] - best;
        }

        private ModelAnswers answers() {
            return new ModelAnswers(indices, labels, worst);
        }
    }
}
