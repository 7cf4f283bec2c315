package org.rtda.contracts;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The name of an object of a checkpoint, as {@link ObjectKeys#checkpoint(String, int, long, String)} makes it, taken apart.
 *
 * @param key the whole name
 * @param attempt that wrote it; {@value #SHARED} of an object beside the attempts, which is of a build in which all of them shared the
 *     document
 * @param file below its epoch and attempt, for example {@value ObjectKeys#CHECKPOINT}
 */
public record CheckpointKey(String key, int epoch, long attempt, String file) {
    /** The attempt of what all attempts shared: it counts as the earliest. */
    public static final long SHARED = 0;

    private static final Pattern FORM =
            Pattern.compile("experiments/[^/]+/checkpoints/epoch-([0-9]{1,9})/(?:attempt-([0-9]{1,18})/)?([^/]+)");

    /** Empty where the object is of no checkpoint. */
    public static Optional<CheckpointKey> find(String key) {
        Matcher parts = FORM.matcher(key);
        return parts.matches()
                ? Optional.of(new CheckpointKey(
                        key,
                        Integer.parseInt(parts.group(1)),
                        parts.group(2) == null ? SHARED : Long.parseLong(parts.group(2)),
                        parts.group(3)))
                : Optional.empty();
    }
}
