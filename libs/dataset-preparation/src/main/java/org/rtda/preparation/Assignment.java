package org.rtda.preparation;

import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.rtda.contracts.dataset.Preparation;
import org.rtda.imaging.duplicate.Duplicate;
import org.rtda.imaging.source.InvalidSourceException;
import org.rtda.imaging.source.OptionNames;
import org.rtda.imaging.split.GroupedSplit;
import org.rtda.imaging.split.SharedPatients;
import org.rtda.imaging.split.Split;

/**
 * Which split each image is in, and how that came about.
 *
 * @param splits one an image
 * @param splitting for the record
 * @param note for whoever imports
 */
record Assignment(Split[] splits, Preparation.Splitting splitting, String note) {

    /**
     * An image as the division sees it.
     *
     * @param name unlike that of any other image
     * @param label of its class
     * @param split as given; null where nobody says
     * @param patient hash; null where nobody says
     */
    record Subject(String name, int label, Split split, String patient) {}

    /** @param shared by label of an external test set: patients who have images in the main set, too */
    Assignment withSharedWithShifts(Map<String, Integer> shared) {
        return new Assignment(splits, splitting.withSharedWithShifts(shared), note);
    }

    /**
     * Takes the splits that are given; draws them where none are, or {@code val} from {@code train} where that one is missing.
     * Where splits are drawn, pictures that are there twice stay together as a patient's do.
     *
     * @param names of options, for messages
     * @throws InvalidSourceException when the splits are given for some images only, or a given one parts a patient and that is not
     *     allowed
     */
    static Assignment of(
            List<Subject> subjects,
            List<Duplicate> duplicates,
            ImageSettings.Division division,
            boolean allowShared,
            OptionNames names) {
        Set<Split> given = EnumSet.noneOf(Split.class);
        int without = 0;
        for (Subject subject : subjects) {
            if (subject.split() == null) {
                without++;
            } else {
                given.add(subject.split());
            }
        }
        if (!given.isEmpty() && without > 0) {
            throw new InvalidSourceException("a split is given for " + (subjects.size() - without) + " images and for "
                    + without + " none; give it for all or for none");
        }
        String[] patients = subjects.stream().map(Subject::patient).toArray(String[]::new);
        Split[] splits = given.isEmpty()
                ? drawn(subjects, duplicates, EnumSet.allOf(Split.class), division)
                : givenSplits(subjects, duplicates, given, division);
        int known = (int) java.util.Arrays.stream(patients)
                .filter(java.util.Objects::nonNull)
                .distinct()
                .count();
        int shared = SharedPatients.count(splits, patients);
        if (shared > 0 && !allowShared) {
            throw new InvalidSourceException(
                    shared + " of " + known + " patients have images in more than one of the given splits, so"
                            + " test images would be of patients that were trained on; leave out the splits to have them"
                            + " drawn by patient, or accept them with " + names.of("allow-shared-patients"));
        }
        boolean isDrawn = given.size() < Split.values().length;
        return new Assignment(
                splits,
                new Preparation.Splitting(
                        given.isEmpty() ? known > 0 ? "patient" : "image" : "given",
                        isDrawn ? shares(division) : null,
                        isDrawn ? division.seed() : null,
                        known,
                        shared),
                note(given, division, known, shared, patients, names));
    }

    private static List<Integer> shares(ImageSettings.Division division) {
        var shares = division.sharesOrDefault();
        return List.of(shares.train(), shares.val(), shares.test());
    }

    private static Split[] givenSplits(
            List<Subject> subjects, List<Duplicate> duplicates, Set<Split> given, ImageSettings.Division division) {
        Split[] splits = subjects.stream().map(Subject::split).toArray(Split[]::new);
        if (given.size() == Split.values().length) {
            return splits;
        }
        if (!given.equals(EnumSet.of(Split.TRAIN, Split.TEST))) {
            throw new InvalidSourceException(
                    "the given splits are " + given.stream().map(Split::label).toList()
                            + "; there must be train, val and test, or train and test, from whose training images val is drawn");
        }
        List<Integer> training = java.util.stream.IntStream.range(0, splits.length)
                .filter(i -> splits[i] == Split.TRAIN)
                .boxed()
                .toList();
        Map<Integer, Integer> places = new HashMap<>();
        training.forEach(image -> places.put(image, places.size()));
        List<Duplicate> within = duplicates.stream()
                .filter(pair -> places.containsKey(pair.image()) && places.containsKey(pair.original()))
                .map(pair -> new Duplicate(places.get(pair.image()), places.get(pair.original()), pair.kind()))
                .toList();
        Split[] drawn = drawn(
                training.stream().map(subjects::get).toList(), within, EnumSet.of(Split.TRAIN, Split.VAL), division);
        training.forEach(image -> splits[image] = drawn[places.get(image)]);
        return splits;
    }

    private static Split[] drawn(
            List<Subject> subjects, List<Duplicate> duplicates, Set<Split> among, ImageSettings.Division division) {
        int[] labels = subjects.stream().mapToInt(Subject::label).toArray();
        return GroupedSplit.draw(
                labels, groups(subjects, duplicates), among, division.sharesOrDefault(), division.seed());
    }

    /** By patient, and joined where two of them have the same picture; named by the least name in the group. */
    private static String[] groups(List<Subject> subjects, List<Duplicate> duplicates) {
        int[] parents = new int[subjects.size()];
        java.util.Arrays.setAll(parents, i -> i);
        Map<String, Integer> firstOfPatient = new HashMap<>();
        for (int i = 0; i < parents.length; i++) {
            String patient = subjects.get(i).patient();
            if (patient != null) {
                int image = i;
                join(parents, image, firstOfPatient.computeIfAbsent(patient, absent -> image));
            }
        }
        duplicates.forEach(pair -> join(parents, pair.image(), pair.original()));
        Map<Integer, String> names = new TreeMap<>();
        for (int i = 0; i < parents.length; i++) {
            Subject subject = subjects.get(i);
            String name = subject.patient() == null ? "image " + subject.name() : "patient " + subject.patient();
            names.merge(root(parents, i), name, (a, b) -> a.compareTo(b) <= 0 ? a : b);
        }
        String[] groups = new String[parents.length];
        for (int i = 0; i < groups.length; i++) {
            groups[i] = names.get(root(parents, i));
        }
        return groups;
    }

    private static void join(int[] parents, int a, int b) {
        parents[root(parents, a)] = root(parents, b);
    }

    private static int root(int[] parents, int of) {
        int at = of;
        while (parents[at] != at) {
            parents[at] = parents[parents[at]];
            at = parents[at];
        }
        return at;
    }

    private static String note(
            Set<Split> given,
            ImageSettings.Division division,
            int known,
            int shared,
            String[] patients,
            OptionNames names) {
        long unknown = java.util.Arrays.stream(patients)
                .filter(java.util.Objects::isNull)
                .count();
        String whose = known == 0
                ? "nobody says whose images they are, so images of one patient may be in two splits (a column patient, "
                        + names.of("patient-pattern") + ")"
                : "by patient (" + known + (unknown > 0 ? "; of " + unknown + " images nobody says whose they are" : "")
                        + ")";
        var shares = division.sharesOrDefault();
        if (given.isEmpty()) {
            return "splits were drawn, " + shares.train() + "," + shares.val() + "," + shares.test() + " percent, seed "
                    + division.seed() + ": " + whose;
        }
        String parted = shared > 0 ? "; " + shared + " patients have images in more than one split" : "";
        return given.size() == Split.values().length
                ? "splits were given; " + whose + parted
                : "train and test were given, val was drawn from train, " + shares.val() + " to " + shares.train()
                        + ", seed " + division.seed() + ": " + whose + parted;
    }
}
