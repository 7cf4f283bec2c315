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
    /** Of one path; an expression without repetitions inside repetitions needs a few for each character. */
    private static final int MOST_STEPS = 1_000_000;

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

    /** @throws InvalidSourceException when the search takes too many steps: some expressions try every way to divide a path */
    Optional<String> patient(String path) {
        Matcher found = pattern.matcher(new Counted(path));
        try {
            return found.find() && found.group(1) != null && !found.group(1).isBlank()
                    ? Optional.of(found.group(1))
                    : Optional.empty();
        } catch (TooManyStepsException | StackOverflowError e) {
            throw new InvalidSourceException(
                    "the pattern that finds patients in paths takes too long: " + pattern
                            + "; write it without repetitions inside repetitions, for example (person\\d+)_",
                    e);
        }
    }

    /** A path whose characters can be looked at so many times; a part of it counts for itself. */
    private static final class Counted implements CharSequence {
        private final CharSequence path;
        private int looks;

        private Counted(CharSequence path) {
            this.path = path;
        }

        @Override
        public char charAt(int index) {
            if (++looks > MOST_STEPS) {
                throw new TooManyStepsException();
            }
            return path.charAt(index);
        }

        @Override
        public int length() {
            return path.length();
        }

        @Override
        public CharSequence subSequence(int start, int end) {
            return path.subSequence(start, end);
        }

        @Override
        public String toString() {
            return path.toString();
        }
    }

    private static final class TooManyStepsException extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }
}
