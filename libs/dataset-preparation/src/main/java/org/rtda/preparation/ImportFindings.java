package org.rtda.preparation;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import org.rtda.imaging.duplicate.Duplicate;
import org.rtda.imaging.duplicate.DuplicateFinder;

/**
 * What duplicates mean for a data set, given each image's split and label.
 *
 * @param pairs each duplicate with the first image that it is one of, in words
 * @param exact how many have the same pixels
 * @param near how many look the same
 * @param acrossSplits how many are in another split than an earlier image that they are a duplicate of
 * @param conflicts of these, the ones whose label is another, too, in words
 * @param constant images of one grey level, in words
 */
public record ImportFindings(
        List<String> pairs, int exact, int near, int acrossSplits, List<String> conflicts, List<String> constant) {

    /** Before anything is looked for. */
    public static final ImportFindings NONE = new ImportFindings(List.of(), 0, 0, 0, List.of(), List.of());

    /**
     * @param splits one an image
     * @param labels one an image, by name
     * @param names what messages call an image
     */
    static ImportFindings of(
            DuplicateFinder.Found found, List<String> splits, List<String> labels, IntFunction<String> names) {
        Map<Integer, List<Integer>> groups = new HashMap<>();
        List<String> pairs = new ArrayList<>();
        List<String> conflicts = new ArrayList<>();
        int exact = 0;
        int across = 0;
        Map<Integer, Integer> roots = new HashMap<>();
        for (Duplicate duplicate : found.duplicates()) {
            int root = roots.getOrDefault(duplicate.original(), duplicate.original());
            roots.put(duplicate.image(), root);
            List<Integer> earlier = groups.computeIfAbsent(root, first -> new ArrayList<>(List.of(first)));
            String split = splits.get(duplicate.image());
            String label = labels.get(duplicate.image());
            boolean isExact = duplicate.kind() == Duplicate.Kind.EXACT;
            exact += isExact ? 1 : 0;
            pairs.add(inWords(duplicate.image(), duplicate.original(), isExact, splits, labels, names));
            across += earlier.stream().anyMatch(image -> !splits.get(image).equals(split)) ? 1 : 0;
            earlier.stream()
                    .filter(image -> !splits.get(image).equals(split)
                            && !labels.get(image).equals(label))
                    .findFirst()
                    .ifPresent(
                            image -> conflicts.add(inWords(duplicate.image(), image, isExact, splits, labels, names)));
            earlier.add(duplicate.image());
        }
        return new ImportFindings(
                List.copyOf(pairs),
                exact,
                found.duplicates().size() - exact,
                across,
                List.copyOf(conflicts),
                found.constant().stream().map(names::apply).toList());
    }

    private static String inWords(
            int image,
            int other,
            boolean isExact,
            List<String> splits,
            List<String> labels,
            IntFunction<String> names) {
        return names.apply(image) + " (" + splits.get(image) + ", " + labels.get(image) + ") "
                + (isExact ? "has the pixels of " : "looks like ") + names.apply(other) + " (" + splits.get(other)
                + ", "
                + labels.get(other) + ")";
    }
}
