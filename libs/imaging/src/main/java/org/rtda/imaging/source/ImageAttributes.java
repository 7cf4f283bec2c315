package org.rtda.imaging.source;

import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.rtda.imaging.ImageFacts;

/**
 * The subgroups of an image; null for what is not known.
 *
 * @param site hospital or department
 * @param scanner manufacturer and model
 * @param sex {@code F}, {@code M} or {@code O}
 * @param ageBand {@code 0-19}, {@code 20-39}, {@code 40-59}, {@code 60-79} or {@code 80+}, in years: an exact age stays here
 * @param laterality {@code L}, {@code R} or {@code B}
 * @param view for example {@code MLO}
 */
public record ImageAttributes(String site, String scanner, String sex, String ageBand, String laterality, String view) {
    /** Of an image of which nothing is known. */
    public static final ImageAttributes NONE = new ImageAttributes(null, null, null, null, null, null);

    private static final int LONGEST = 64;
    private static final Map<String, String> SEXES = Map.of(
            "f", "F", "female", "F", "w", "F", "woman", "F", "m", "M", "male", "M", "man", "M", "o", "O", "other", "O");
    /** What people write where they do not know. */
    private static final Set<String> UNKNOWN = Set.of(
            "u", "unknown", "not known", "unspecified", "?", "-", "nan", "na", "n/a", "#n/a", "<na>", "null", "none");

    private static final Map<String, String> SIDES =
            Map.of("l", "L", "left", "L", "r", "R", "right", "R", "b", "B", "both", "B", "bilateral", "B");
    /** Years, or as DICOM's Age String: three digits with Y, M, W or D. */
    private static final Pattern AGE = Pattern.compile("([0-9]{1,3})(?:[.,][0-9]+)?\\s*([yYmMwWdD]?)");

    /** Of the oldest, whose exact age tables without identity leave out: {@code 90+}, {@code >89}. */
    private static final Pattern OLD_AGE = Pattern.compile("(?:>=?\\s*)?((?:8[0-9]|9[0-9]|1[0-2][0-9]))(?:\\s*\\+)?");

    private static final int OLDEST = 130;
    private static final int BAND = 20;
    private static final int LAST_BAND = 80;
    private static final String OLDEST_BAND = LAST_BAND + "+";

    /**
     * From the cells of a table, blank or null where a cell says nothing; sex, age and laterality may also say
     * that they are unknown.
     *
     * @throws IllegalArgumentException when a cell cannot be understood; the message names column, value and what is allowed
     */
    static ImageAttributes of(String site, String scanner, String sex, String age, String laterality, String view) {
        return new ImageAttributes(
                text("site", site),
                text("scanner", scanner),
                oneOf("sex", sex, SEXES, "F, M or O (female, male, other)"),
                ageBand(age),
                oneOf("laterality", laterality, SIDES, "L, R or B (left, right, both)"),
                text("view", view));
    }

    /** With what the file says where nothing else is known. Sides that are unpaired are none. */
    public ImageAttributes orElse(ImageFacts facts) {
        String side = facts.laterality() == null || facts.laterality().equals("U") ? null : facts.laterality();
        return new ImageAttributes(
                site,
                scanner != null ? scanner : facts.scanner(),
                sex,
                ageBand,
                laterality != null ? laterality : side,
                view != null ? view : facts.view());
    }

    private static String text(String column, String cell) {
        if (cell == null || cell.isBlank()) {
            return null;
        }
        String value = cell.strip();
        if (value.length() > LONGEST) {
            throw new IllegalArgumentException(
                    column + " must have at most " + LONGEST + " characters, has " + value.length());
        }
        return value;
    }

    private static String oneOf(String column, String cell, Map<String, String> known, String allowed) {
        if (isUnknown(cell)) {
            return null;
        }
        String value = known.get(cell.strip().toLowerCase(Locale.ROOT));
        if (value == null) {
            throw new IllegalArgumentException(column + " must be " + allowed + ", was '" + cell.strip() + "'");
        }
        return value;
    }

    private static String ageBand(String cell) {
        if (isUnknown(cell)) {
            return null;
        }
        if (OLD_AGE.matcher(cell.strip()).matches()) {
            return OLDEST_BAND;
        }
        Matcher age = AGE.matcher(cell.strip());
        int number = age.matches() ? Integer.parseInt(age.group(1)) : -1;
        boolean inYears = number >= 0 && (age.group(2).isEmpty() || age.group(2).equalsIgnoreCase("y"));
        if (number < 0 || (inYears && number > OLDEST)) {
            throw new IllegalArgumentException("age must be in years, 0 to " + OLDEST
                    + ", or as DICOM writes it (063Y, 018M), was '" + cell.strip() + "'");
        }
        int years = inYears ? number : yearsOf(number, age.group(2));
        return years >= LAST_BAND ? OLDEST_BAND : years / BAND * BAND + "-" + (years / BAND * BAND + BAND - 1);
    }

    private static int yearsOf(int number, String unit) {
        return switch (unit.toLowerCase(Locale.ROOT)) {
            case "m" -> number / 12;
            case "w" -> number / 52;
            default -> number / 365;
        };
    }

    private static boolean isUnknown(String cell) {
        return cell == null || cell.isBlank() || UNKNOWN.contains(cell.strip().toLowerCase(Locale.ROOT));
    }
}
