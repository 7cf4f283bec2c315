package org.rtda.contracts;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.rtda.contracts.check.Check;
import org.rtda.contracts.check.InvalidFieldException;

/**
 * The id of an evaluation, and the only place that puts one together or takes one apart. In messages it is its {@link #text}. What
 * an experiment's own settings ask for is named by its epoch alone, the same for every attempt, since a resumed run gives the
 * same checkpoint. What people ask for has a name beside it.
 *
 * @param epoch of the judged checkpoint, at least 0
 * @param name null for what the experiment's own settings ask for
 */
public record EvaluationId(String experimentId, int epoch, String name) {
    private static final String FORM = "EXPERIMENT/epoch-NNNNN or EXPERIMENT/epoch-NNNNN/NAME";
    private static final Pattern TEXT = Pattern.compile("([^/]+)/epoch-([0-9]{5,9})(?:/([^/]+))?");

    public EvaluationId {
        Check.present("experimentId", experimentId);
        Check.inRange("epoch", epoch, 0, Integer.MAX_VALUE);
    }

    /** Of what the experiment's own settings ask for. */
    public static EvaluationId own(String experimentId, int epoch) {
        return new EvaluationId(experimentId, epoch, null);
    }

    /** Of what somebody asked for by name. */
    public static EvaluationId named(String experimentId, int epoch, String name) {
        return new EvaluationId(experimentId, epoch, Check.present("name", name));
    }

    /** @throws InvalidFieldException when the text is no evaluation's id */
    public static EvaluationId parse(String text) {
        return find(Check.present("evaluationId", text))
                .orElseThrow(() -> new InvalidFieldException("evaluationId", text, FORM));
    }

    /** Empty when the text is no evaluation's id. */
    public static Optional<EvaluationId> find(String text) {
        Matcher parts = TEXT.matcher(text);
        return parts.matches()
                ? Optional.of(new EvaluationId(parts.group(1), Integer.parseInt(parts.group(2)), parts.group(3)))
                : Optional.empty();
    }

    /** Whether the experiment's own settings ask for it. */
    public boolean isOwn() {
        return name == null;
    }

    /** {@code EXPERIMENT/epoch-00005} or {@code EXPERIMENT/epoch-00005/NAME}. */
    public String text() {
        return experimentId + "/" + withinExperiment();
    }

    /** {@code epoch-00005} or {@code epoch-00005/NAME}. */
    public String withinExperiment() {
        return epochText(epoch) + (name == null ? "" : "/" + name);
    }

    /** {@code epoch-00005}. */
    public static String epochText(int epoch) {
        return String.format(Locale.ROOT, "epoch-%05d", epoch);
    }

    @Override
    public String toString() {
        return text();
    }
}
