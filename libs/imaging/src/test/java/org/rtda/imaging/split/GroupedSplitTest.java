package org.rtda.imaging.split;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class GroupedSplitTest {
    private static final Set<Split> ALL = EnumSet.allOf(Split.class);

    /** Images with labels and patients: 1 to {@code most} images each, of one class or of several. */
    private record Cohort(int[] labels, String[] patients) {
        static Cohort of(long seed, int count, int classes, int most, boolean mixed) {
            Random random = new Random(seed);
            int[] labels = new int[count];
            String[] patients = new String[count];
            int patient = 0;
            for (int i = 0; i < count; patient++) {
                int images = 1 + random.nextInt(most);
                int label = random.nextInt(classes);
                for (int k = 0; k < images && i < count; k++, i++) {
                    labels[i] = mixed ? random.nextInt(classes) : label;
                    patients[i] = "p" + patient;
                }
            }
            return new Cohort(labels, patients);
        }

        Split[] drawn(long seed) {
            return GroupedSplit.draw(labels, patients, ALL, SplitShares.DEFAULT, seed);
        }
    }

    @Property(tries = 200)
    void noPatientIsInTwoSplits(
            @ForAll long seed,
            @ForAll @IntRange(min = 1, max = 500) int count,
            @ForAll @IntRange(min = 1, max = 6) int classes,
            @ForAll @IntRange(min = 1, max = 12) int most,
            @ForAll boolean mixed) {
        Cohort cohort = Cohort.of(seed, count, classes, most, mixed);

        assertThat(SharedPatients.count(cohort.drawn(seed), cohort.patients())).isZero();
    }

    /** Where each image is a patient of its own every class is within one image of its share in every split. */
    @Property(tries = 200)
    void singleImagesKeepTheShareOfEachClassToOneImage(
            @ForAll long seed,
            @ForAll @IntRange(min = 1, max = 500) int count,
            @ForAll @IntRange(min = 1, max = 6) int classes) {
        Cohort cohort = Cohort.of(seed, count, classes, 1, false);

        // with fewer images of every class than 5 a tenth of them is less than half an image, and val takes one all the
        // same
        int tolerance = largestClass(cohort) >= 5 ? 1 : 2;
        assertShares(cohort, cohort.drawn(seed), tolerance);
    }

    /** With patients of one class and at most {@code most} images each, within {@code most} images. */
    @Property(tries = 200)
    void patientsOfOneClassKeepItsShareToTheLargestPatient(
            @ForAll long seed,
            @ForAll @IntRange(min = 1, max = 500) int count,
            @ForAll @IntRange(min = 1, max = 6) int classes,
            @ForAll @IntRange(min = 1, max = 12) int most) {
        Cohort cohort = Cohort.of(seed, count, classes, most, false);

        assertShares(cohort, cohort.drawn(seed), most);
    }

    /** Patients with images of several classes: within the largest patient, in each split and class. */
    @Property(tries = 200)
    void patientsOfSeveralClassesKeepTheSharesToTheLargestPatient(
            @ForAll long seed,
            @ForAll @IntRange(min = 1, max = 500) int count,
            @ForAll @IntRange(min = 2, max = 4) int classes,
            @ForAll @IntRange(min = 1, max = 8) int most) {
        Cohort cohort = Cohort.of(seed, count, classes, most, true);

        assertShares(cohort, cohort.drawn(seed), most);
    }

    private static long largestClass(Cohort cohort) {
        return IntStream.range(0, 6)
                .mapToLong(label -> Arrays.stream(cohort.labels())
                        .filter(each -> each == label)
                        .count())
                .max()
                .orElseThrow();
    }

    /**
     * Within the largest patient; within two where every class has fewer than five of these, so that a tenth is less than half a
     * patient and a split that would be empty takes one all the same.
     */
    private static void assertShares(Cohort cohort, Split[] drawn, int most) {
        int tolerance = largestClass(cohort) >= 5L * most ? most : 2 * most;
        int classes = Arrays.stream(cohort.labels()).max().orElseThrow() + 1;
        for (int label = 0; label < classes; label++) {
            int wanted = label;
            long all = Arrays.stream(cohort.labels()).filter(l -> l == wanted).count();
            for (Split split : Split.values()) {
                long taken = IntStream.range(0, drawn.length)
                        .filter(i -> drawn[i] == split && cohort.labels()[i] == wanted)
                        .count();
                assertThat(Math.abs(taken - all * SplitShares.DEFAULT.of(split)))
                        .as("%s of class %d, %d of %d", split, label, taken, all)
                        .isLessThanOrEqualTo(tolerance + 1e-9);
            }
        }
    }

    @Property(tries = 50)
    void theOrderOfTheImagesDoesNotMatter(@ForAll long seed, @ForAll @IntRange(min = 2, max = 200) int count) {
        Cohort cohort = Cohort.of(seed, count, 3, 5, true);
        Split[] drawn = cohort.drawn(7);
        int[] labels = new int[count];
        String[] patients = new String[count];
        for (int i = 0; i < count; i++) {
            labels[i] = cohort.labels()[count - 1 - i];
            patients[i] = cohort.patients()[count - 1 - i];
        }

        Split[] reversed = GroupedSplit.draw(labels, patients, ALL, SplitShares.DEFAULT, 7);

        for (int i = 0; i < count; i++) {
            assertThat(reversed[count - 1 - i]).isEqualTo(drawn[i]);
        }
    }

    @Test
    void aHundredImagesOfTwoClassesAreDividedTo70And10And20() {
        // 60 of class 0: 42, 6, 12; 40 of class 1: 28, 4, 8
        int[] labels = IntStream.range(0, 100).map(i -> i < 60 ? 0 : 1).toArray();
        String[] alone = IntStream.range(0, 100).mapToObj(i -> "image " + i).toArray(String[]::new);

        Split[] drawn = GroupedSplit.draw(labels, alone, ALL, SplitShares.DEFAULT, 1);

        Map<String, Integer> counts = new HashMap<>();
        for (int i = 0; i < 100; i++) {
            counts.merge(drawn[i].label() + labels[i], 1, Integer::sum);
        }
        assertThat(counts).isEqualTo(Map.of("train0", 42, "val0", 6, "test0", 12, "train1", 28, "val1", 4, "test1", 8));
        assertThat(GroupedSplit.draw(labels, alone, ALL, SplitShares.DEFAULT, 1))
                .isEqualTo(drawn);
        assertThat(GroupedSplit.draw(labels, alone, ALL, SplitShares.DEFAULT, 2))
                .isNotEqualTo(drawn);
    }

    @Test
    void theOnlyImageOfAClassIsForTraining() {
        int[] labels = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1};
        String[] alone = IntStream.range(0, 11).mapToObj(i -> "image " + i).toArray(String[]::new);

        for (long seed = 0; seed < 20; seed++) {
            assertThat(GroupedSplit.draw(labels, alone, ALL, SplitShares.DEFAULT, seed)[10])
                    .isEqualTo(Split.TRAIN);
        }
    }

    @Test
    void fiveImagesOfAClassAreInEverySplit() {
        int[] labels = {0, 0, 0, 0, 0, 1, 1, 1, 1, 1};
        String[] alone = IntStream.range(0, 10).mapToObj(i -> "image " + i).toArray(String[]::new);

        Split[] drawn = GroupedSplit.draw(labels, alone, ALL, SplitShares.DEFAULT, 1);

        for (int label = 0; label < 2; label++) {
            assertThat(Arrays.copyOfRange(drawn, 5 * label, 5 * label + 5))
                    .containsExactlyInAnyOrder(Split.TRAIN, Split.TRAIN, Split.TRAIN, Split.VAL, Split.TEST);
        }
    }

    @Test
    void noSplitIsEmptyWhereThereAreImagesForAll() {
        // 10 percent of 4 images are less than half an image, in every class
        int[] labels = {0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2};
        String[] alone = IntStream.range(0, 12).mapToObj(i -> "image " + i).toArray(String[]::new);

        Split[] drawn = GroupedSplit.draw(labels, alone, ALL, SplitShares.DEFAULT, 1);

        assertThat(Arrays.stream(drawn).filter(split -> split == Split.VAL)).hasSize(1);
        for (int label = 0; label < 3; label++) {
            assertThat(Arrays.copyOfRange(drawn, 4 * label, 4 * label + 4)).contains(Split.TRAIN);
        }
    }

    @Test
    void twoOfTheSplitsCanBeDrawnAmongThemselves() {
        // 70 to 10 is 7 to 1: of 80 images 70 and 10
        int[] labels = new int[80];
        String[] alone = IntStream.range(0, 80).mapToObj(i -> "image " + i).toArray(String[]::new);

        Split[] drawn = GroupedSplit.draw(labels, alone, EnumSet.of(Split.TRAIN, Split.VAL), SplitShares.DEFAULT, 3);

        assertThat(drawn).doesNotContain(Split.TEST);
        assertThat(Arrays.stream(drawn).filter(split -> split == Split.VAL)).hasSize(10);
    }

    @Test
    void patientsWithImagesInTwoSplitsAreCounted() {
        Split[] splits = {Split.TRAIN, Split.TEST, Split.TRAIN, Split.TRAIN, Split.VAL, Split.TEST};
        String[] patients = {"a", "a", "b", "b", null, null};

        assertThat(SharedPatients.count(splits, patients)).isEqualTo(1);
    }

    @Test
    void sharesThatAreNoHundredPercentAreRefused() {
        assertThatThrownBy(() -> new SplitShares(80, 10, 20))
                .hasMessage(
                        "shares of train, val and test must each be at least 1 and together 100 percent, were 80, 10 and"
                                + " 20");
        assertThatThrownBy(() -> new SplitShares(90, 10, 0)).isInstanceOf(IllegalArgumentException.class);
    }
}
