package org.rtda.imaging.source;

import java.math.BigDecimal;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * Names of classes for labels as files and tables have them; several labels may become one class, and a label without a name is left
 * out.
 *
 * @param names by label; blank leaves its images out
 */
public record LabelMap(Map<String, String> names) {
    /** More the services do not take. */
    public static final int MOST_CLASSES = 256;

    private static final Pattern NUMBER = Pattern.compile("-?[0-9]{1,9}(?:\\.[0-9]{1,9})?");

    public LabelMap {
        names = new LinkedHashMap<>(names);
    }

    /**
     * The entries with the names of their classes, without those that are left out.
     *
     * @param options their names, for messages
     * @throws InvalidSourceException when a label is mapped that no image has
     */
    public List<ImageEntry> apply(List<ImageEntry> entries, OptionNames options) {
        Set<String> there = new TreeSet<>();
        entries.forEach(entry -> there.add(entry.label()));
        for (String label : names.keySet()) {
            if (!there.contains(label)) {
                throw new InvalidSourceException(
                        options.of("map") + " names the label " + label + ", which no image has; there are " + there);
            }
        }
        List<ImageEntry> mapped = new ArrayList<>();
        for (ImageEntry entry : entries) {
            String name = names.getOrDefault(entry.label(), entry.label()).strip();
            if (!name.isEmpty()) {
                mapped.add(new ImageEntry(entry.path(), name, entry.split(), entry.patient(), entry.attributes()));
            }
        }
        return mapped;
    }

    /** Two spellings of one class would be two classes: Benign and benign, 1 and 1.0. */
    private static void requireUnlike(Set<String> classes, OptionNames options) {
        Map<String, String> seen = new HashMap<>();
        for (String name : classes) {
            String before = seen.putIfAbsent(spelling(name), name);
            if (before != null) {
                throw new InvalidSourceException("the classes " + before + " and " + name
                        + " seem to be one; make one of them with " + options.of("map") + " " + before + "=" + name
                        + ", or name all classes with " + options.of("classes"));
            }
        }
    }

    /** The same for names that differ only in case, spaces, how accents are encoded, or how a number is written. */
    private static String spelling(String name) {
        String plain = Normalizer.normalize(name, Normalizer.Form.NFKC)
                .toLowerCase(Locale.ROOT)
                .replaceAll("(?<=[\\p{L}\\p{N}])[\\s_-]+(?=[\\p{L}\\p{N}])", " ");
        return NUMBER.matcher(plain).matches()
                ? new BigDecimal(plain).stripTrailingZeros().toPlainString()
                : plain;
    }

    /**
     * The classes by label: as given, else sorted, by number where all are whole numbers.
     *
     * @param given empty where nobody says
     * @param options their names, for messages
     * @throws InvalidSourceException when the given names are not those of the images, or none are given and two classes are written
     *     alike
     */
    public static List<String> classes(List<ImageEntry> entries, List<String> given, OptionNames options) {
        Set<String> there = new TreeSet<>();
        entries.forEach(entry -> there.add(entry.label()));
        if (!given.isEmpty()) {
            Set<String> names = new LinkedHashSet<>(given);
            if (names.size() < given.size() || !there.equals(new TreeSet<>(names))) {
                throw new InvalidSourceException("the classes are " + there + ", given were " + given
                        + "; give each of them once, in the order of the labels, or rename with " + options.of("map"));
            }
            return List.copyOf(given);
        }
        if (there.size() > MOST_CLASSES) {
            throw new InvalidSourceException("there are " + there.size() + " different labels, at most " + MOST_CLASSES
                    + " classes are taken; is the label in another column (" + options.of("label-column") + ")?");
        }
        requireUnlike(there, options);
        boolean numbers = there.stream().allMatch(name -> name.matches("[0-9]{1,9}"));
        return numbers
                ? there.stream()
                        .sorted(java.util.Comparator.comparingInt(Integer::parseInt))
                        .toList()
                : List.copyOf(there);
    }
}
