package org.rtda.evaluator.figures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.rtda.contracts.Figure;
import org.rtda.contracts.RobustnessMetric.Subgroup;

class SubgroupFiguresTest {
    private static final List<String> CLASSES = List.of("benign", "malignant");
    private static final float[] SAYS_BENIGN = {1, 0};
    private static final float[] SAYS_MALIGNANT = {0, 1};

    /** Six of the eight images of a split, of places 0, 1, 3, 4, 5 and 7. */
    private static final ModelAnswers ANSWERS =
            new ModelAnswers(new int[] {0, 1, 3, 4, 5, 7}, new int[] {0, 0, 0, 1, 1, 1}, new float[][] {
                SAYS_BENIGN, SAYS_BENIGN, SAYS_MALIGNANT, SAYS_BENIGN, SAYS_MALIGNANT, SAYS_MALIGNANT
            });

    @Test
    void eachSubgroupHasTheFiguresOfItsOwnImages() {
        // of F: places 0, 1, 3 (benign, the last one missed) and 4 (malignant, missed)
        Map<String, String[]> sex = Map.of("sex", new String[] {"F", "F", "M", "F", "F", "M", "M", "M"});

        Subgroup f = SubgroupFigures.of(ANSWERS, CLASSES, sex).get(0);

        assertThat(f.attribute()).isEqualTo("sex");
        assertThat(f.value()).isEqualTo("F");
        assertThat(f.classCounts()).containsExactly(3, 1);
        Figure accuracy = f.values().get(0);
        assertThat(accuracy.metric()).isEqualTo("accuracy");
        // 2 of 4 are right; Wilson's interval of that is 0.5 +- 0.34996
        assertThat(accuracy.value()).isEqualTo(0.5);
        assertThat(accuracy.low()).isCloseTo(0.15004, within(1e-5));
        assertThat(accuracy.high()).isCloseTo(0.84996, within(1e-5));
        assertThat(accuracy.n()).isEqualTo(4);
        // always benign would be right on 3 of 4
        assertThat(accuracy.constant()).isEqualTo(0.75);
        Figure balanced = f.values().get(1);
        assertThat(balanced.metric()).isEqualTo("balanced-accuracy");
        // the mean of 2 of 3 benign and 0 of 1 malignant
        assertThat(balanced.value()).isCloseTo(1 / 3.0, within(1e-12));
        assertThat(balanced.constant()).isEqualTo(0.5);
    }

    @Test
    void nothingIsSaidOfASubgroupWithoutImagesOfSomeClass() {
        Map<String, String[]> sex = Map.of("sex", new String[] {"F", "F", "M", "F", "F", "M", "M", "M"});

        Subgroup m = SubgroupFigures.of(ANSWERS, CLASSES, sex).get(1);

        assertThat(m.value()).isEqualTo("M");
        assertThat(m.classCounts()).containsExactly(0, 2);
        assertThat(m.values())
                .containsExactly(
                        Figure.undefined("accuracy", 2, "no images of class benign in this subgroup"),
                        Figure.undefined("balanced-accuracy", 2, "no images of class benign in this subgroup"));
    }

    @Test
    void imagesOfWhichNobodySaysItAreOfNoSubgroup() {
        Map<String, String[]> view = Map.of("view", new String[] {"CC", null, null, null, null, "MLO", null, "CC"});

        assertThat(SubgroupFigures.of(ANSWERS, CLASSES, view))
                .extracting(Subgroup::value, Subgroup::classCounts)
                .containsExactly(tuple("CC", List.of(1, 1)), tuple("MLO", List.of(0, 1)));
    }

    @Test
    void anAttributeWithOneValueForEveryImageDividesNothing() {
        Map<String, String[]> attributes = new LinkedHashMap<>();
        attributes.put("site", new String[] {"north", "north", "south", "north", "north", "north", "south", "north"});
        attributes.put("sex", new String[] {"F", "M", "F", "M", "F", "M", "F", "M"});

        assertThat(SubgroupFigures.of(ANSWERS, CLASSES, attributes))
                .extracting(Subgroup::attribute)
                .containsOnly("sex");
    }

    @Test
    void aSubgroupIsSmallBelowTenImagesOfAClass() {
        // nine malignant images at the north, ten at the south; ten benign ones at each
        int[] labels = IntStream.range(0, 39).map(i -> i < 19 ? 1 : 0).toArray();
        String[] site = IntStream.range(0, 39)
                .mapToObj(i -> i < 9 || i >= 29 ? "north" : "south")
                .toArray(String[]::new);
        float[][] logits = IntStream.range(0, 39).mapToObj(i -> SAYS_BENIGN).toArray(float[][]::new);
        ModelAnswers answers = new ModelAnswers(IntStream.range(0, 39).toArray(), labels, logits);

        assertThat(SubgroupFigures.of(answers, CLASSES, Map.of("site", site)))
                .extracting(Subgroup::classCounts, Subgroup::small)
                .containsExactly(tuple(List.of(10, 9), true), tuple(List.of(10, 10), false));
    }
}
