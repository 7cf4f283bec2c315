package org.rtda.contracts;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.rtda.contracts.check.InvalidFieldException;

/**
 * The id of a {@link BatchRequest}, and the only place that puts one together or takes one apart. It is the same for the same work, so that
 * an answer that comes twice is known. In messages it is its {@link #text}.
 *
 * @param owner an experiment's id; of an evaluation's request that of its experiment, with more behind a slash
 * @param step the optimiser step, or the number of the batch within an evaluation task
 * @param view which view of the step; without a slash
 * @param shard the part of the batch, from 0
 */
public record BatchRequestId(String owner, long attempt, long step, String view, int shard) {
    private static final String FORM = "OWNER/ATTEMPT/STEP/VIEW/SHARD";
    private static final Pattern TEXT = Pattern.compile("(.+)/([0-9]{1,18})/([0-9]{1,18})/([^/]+)/([0-9]{1,9})");

    /** @throws InvalidFieldException when the text is no request's id */
    public static BatchRequestId parse(String text) {
        return find(text).orElseThrow(() -> new InvalidFieldException("id", text, FORM));
    }

    /** Empty when the text is no request's id. */
    public static Optional<BatchRequestId> find(String text) {
        Matcher parts = TEXT.matcher(text);
        return parts.matches()
                ? Optional.of(new BatchRequestId(
                        parts.group(1),
                        Long.parseLong(parts.group(2)),
                        Long.parseLong(parts.group(3)),
                        parts.group(4),
                        Integer.parseInt(parts.group(5))))
                : Optional.empty();
    }

    /** {@code exp-1/2/12/adversarial/0}. */
    public String text() {
        return owner + "/" + attempt + "/" + step + "/" + view + "/" + shard;
    }

    @Override
    public String toString() {
        return text();
    }
}
