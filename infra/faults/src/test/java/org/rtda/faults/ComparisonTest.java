package org.rtda.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ComparisonTest {
    private static final Outcome UNDISTURBED = Outcome.of(
            "exp-a",
            List.of(
                    Said.step("exp-a", 1, 1, 0.5),
                    Said.step("exp-a", 1, 2, 0.25),
                    Said.checkpoint("exp-a", true, "77"),
                    Said.status("exp-a", "TRAINED", null),
                    Said.planned("exp-a"),
                    Said.measured("exp-a", 0.75),
                    Said.completed("exp-a")));

    @Test
    void aStepThatALaterAttemptSaysAgainWithTheSameNumbersIsNeitherDoubledNorDiffering() {
        Comparison comparison = compared(
                Said.step("exp-b", 1, 1, 0.5),
                Said.step("exp-b", 1, 2, 0.25),
                Said.step("exp-b", 2, 2, 0.25),
                Said.checkpoint("exp-b", true, "77"),
                Said.status("exp-b", "TRAINED", null),
                Said.planned("exp-b"),
                Said.measured("exp-b", 0.75),
                Said.completed("exp-b"));

        assertThat(comparison).isEqualTo(new Comparison(0, 0, 0, List.of()));
    }

    @Test
    void aStepWithOtherNumbersDiffersAlsoWhereTheRightOnesCameToo() {
        Comparison comparison = compared(
                Said.step("exp-b", 1, 1, 0.5),
                Said.step("exp-b", 1, 2, 0.25),
                Said.step("exp-b", 2, 2, 0.125),
                Said.checkpoint("exp-b", true, "77"),
                Said.status("exp-b", "TRAINED", null),
                Said.planned("exp-b"),
                Said.measured("exp-b", 0.75),
                Said.completed("exp-b"));

        assertThat(comparison.differing()).isEqualTo(1);
        assertThat(comparison.failures())
                .singleElement()
                .asString()
                .startsWith("differing: step 2 (")
                .contains("0.125");
    }

    @Test
    void aFigureUnderASecondIdIsDoubledAndUnderTheSameIdItIsNot() {
        Comparison again = compared(
                Said.step("exp-b", 1, 1, 0.5),
                Said.step("exp-b", 1, 2, 0.25),
                Said.checkpoint("exp-b", true, "77"),
                Said.status("exp-b", "TRAINED", null),
                Said.planned("exp-b"),
                Said.measured("exp-b", 0.75),
                Said.measured("exp-b", 0.75),
                Said.completed("exp-b"));
        Comparison doubled = compared(
                Said.step("exp-b", 1, 1, 0.5),
                Said.step("exp-b", 1, 2, 0.25),
                Said.checkpoint("exp-b", true, "77"),
                Said.status("exp-b", "TRAINED", null),
                Said.planned("exp-b"),
                Said.measured("exp-b", 0.75),
                Said.measured("exp-b", "clean/result-2", 0.75),
                Said.completed("exp-b"));

        assertThat(again).isEqualTo(new Comparison(0, 0, 0, List.of()));
        assertThat(doubled.doubled()).isEqualTo(1);
        assertThat(doubled.failures()).containsExactly("doubled: epoch-00001 result of {\"kind\":\"clean\"}");
    }

    @Test
    void whatIsMissingIsLostAndNamed() {
        Comparison comparison = compared(
                Said.step("exp-b", 1, 1, 0.5),
                Said.checkpoint("exp-b", true, "77"),
                Said.status("exp-b", "TRAINED", null),
                Said.planned("exp-b"));

        assertThat(comparison.lost()).as("step 2, the figure, the end").isEqualTo(3);
        assertThat(comparison.failures())
                .containsExactly(
                        "evaluations were planned and not completed: epoch-00001",
                        "lost: step 2, epoch-00001 completed, epoch-00001 result of {\"kind\":\"clean\"}");
    }

    @Test
    void otherWeightsDiffer() {
        Comparison comparison = compared(
                Said.step("exp-b", 1, 1, 0.5),
                Said.step("exp-b", 1, 2, 0.25),
                Said.checkpoint("exp-b", true, "78"),
                Said.status("exp-b", "TRAINED", null),
                Said.planned("exp-b"),
                Said.measured("exp-b", 0.75),
                Said.completed("exp-b"));

        assertThat(comparison.failures()).containsExactly("differing: the final weights, 78 instead of 77");
    }

    @Test
    void aStepTooManyDiffers() {
        Comparison comparison = compared(
                Said.step("exp-b", 1, 1, 0.5),
                Said.step("exp-b", 1, 2, 0.25),
                Said.step("exp-b", 1, 3, 0.25),
                Said.checkpoint("exp-b", true, "77"),
                Said.status("exp-b", "TRAINED", null),
                Said.planned("exp-b"),
                Said.measured("exp-b", 0.75),
                Said.completed("exp-b"));

        assertThat(comparison.failures()).containsExactly("differing: step 3 (one too many)");
    }

    @Test
    void aRunThatFailedSaysWhyAndOneThatDidNotEndSaysSo() {
        assertThat(compared(Said.status("exp-b", "FAILED", "an object is missing"))
                        .failures())
                .contains("it ended as FAILED: an object is missing");
        assertThat(compared(Said.status("exp-b", "RUNNING", null)).failures()).contains("it did not end");
    }

    private static Comparison compared(Watch.Seen... seen) {
        return Comparison.of(UNDISTURBED, Outcome.of("exp-b", List.of(seen)));
    }
}
