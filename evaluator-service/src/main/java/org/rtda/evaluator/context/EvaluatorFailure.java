package org.rtda.evaluator.context;

import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The reasons for which a condition has no figures, each as the sentence that people read. */
public enum EvaluatorFailure {
    CANCELLED("cancelled"),
    TASK_REFUSED(
            "the task is a dead letter, since it cannot be read or answered (%s): do all services have the same version?"),
    REQUEST_REFUSED(
            "the record that asks for this evaluation is a dead letter, since it cannot be read or carried out (%s): do all services have"
                    + " the same version? Ask for an evaluation of this checkpoint under another name"),
    NO_IMAGES("split %s has no images"),
    NO_IMAGES_CONCERNED("split %s has no %s images, of which %s is about"),
    NO_HEALTHY_CLASS("%s needs to know the healthy class, which data set %s does not name; import it with one"),
    TOO_FEW_CLASSES("%s needs at least %d classes, data set %s has %d"),
    GRADIENTS_NOT_LOOKED_AT("attack-service did not say how many gradients of %s were zero"),
    LABEL_OUTSIDE_CLASSES("image %d of split %s has label %d, the data set has %d classes"),
    MODEL_UNREADABLE("the model at %s cannot be run: %s"),
    MODEL_SHAPE("the model gave %s logits for %d images of %d classes"),
    LOGITS_NOT_FINITE("the model gave the logit %s for image %d of split %s"),
    ATTACK_REFUSED("attack-service refused %s: %s"),
    ATTACK_NOT_ASKED("the attack request %s cannot be published: %s"),
    ATTACK_UNANSWERED(
            "attack-service did not answer %s within %s (rtda.evaluator.attack-answer-patience): is it running?"),
    ATTACK_SHAPE("attack-service answered %s with images of shape %s, wanted %s"),
    ATTACK_OUTSIDE_RANGE("attack-service answered %s with the pixel %s, outside [0,1], in image %d"),
    ATTACK_OUTSIDE_BALL(
            "attack-service answered %s with a perturbation of %s norm %s, more than epsilon %s, in image %d"),
    UNEXPECTED("unexpected failure: %s");

    private final String sentence;
    private final Pattern pattern;

    EvaluatorFailure(String sentence) {
        this.sentence = sentence;
        this.pattern = Pattern.compile(
                Stream.of(sentence.split("%[sd]", -1)).map(Pattern::quote).collect(Collectors.joining(".*")),
                Pattern.DOTALL);
    }

    public ConditionFailedException with(Object... values) {
        return new ConditionFailedException(sentence(values));
    }

    public String sentence(Object... values) {
        return String.format(Locale.ROOT, sentence, values);
    }

    /** Whether a published reason is this one, whatever its values. */
    public boolean isReason(String reason) {
        return pattern.matcher(reason).matches();
    }
}
