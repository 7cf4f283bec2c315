package org.rtda.imaging.source;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * Finds the patient in a file's path: a regular expression whose only group, or group named {@code patient}, is the identifier, for
 * example {@code (person\d+)_}.
 */
public final class PatientPattern {
    private final Pattern pattern;

    private PatientPattern(Pattern pattern) {
        this.pattern = pattern;
    }

    /** @throws IllegalArgumentException when it is no regular expression or has not one group */
    public static PatientPattern of(String expression) {
        Pattern pattern;
        try {
            pattern = Pattern.compile(expression);
        } catch (PatternSyntaxException e) {
            throw new IllegalArgumentException(
                    "must be a regular expression: " + e.getDescription() + " at " + e.getIndex() + " in " + expression,
                    e);
        }
        int groups = pattern.matcher("").groupCount();
        if (groups != 1) {
            throw new IllegalArgumentException("must have one group, which is the patient, for example (person\\d+)_; "
                    + expression + " has " + groups);
        }
        return new PatientPattern(pattern);
    }

    Optional<String> patient(String path) {
        Matcher found = pattern.matcher(path);
        return found.find() && found.group(1) != null && !found.group(1).isBlank()
                ? Optional.of(found.group(1))
                : Optional.empty();
    }
}
