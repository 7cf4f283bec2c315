package org.rtda.gateway.comparison;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.rtda.contracts.EventCodec;
import org.rtda.contracts.ExperimentCommand;
import org.rtda.contracts.ExperimentSpec;
import org.rtda.contracts.Figure;
import org.rtda.contracts.ObjectKeys;
import org.rtda.contracts.Predictions;
import org.rtda.contracts.RobustnessMetric.Measured;
import org.rtda.contracts.dataset.DatasetRef;
import org.rtda.contracts.dataset.ObjectRef;
import org.rtda.contracts.settings.AttackSettings;
import org.rtda.contracts.settings.Condition;
import org.rtda.contracts.variant.AttackKind;
import org.rtda.gateway.comparison.ComparisonDocument.GroupDifference;
import org.rtda.gateway.comparison.ComparisonDocument.GroupFigure;
import org.rtda.gateway.comparison.ComparisonDocument.Shown;
import org.rtda.gateway.problem.ProblemException;

class ComparisonsTest {
    private static final Instant TIME = Instant.parse("2026-01-01T00:00:00Z");
    private static final Condition CLEAN = Condition.clean("test");
    private static final Condition JPEG = Condition.corruption("jpeg", 3, "test");

    private final Map<ObjectRef, Predictions> store = new HashMap<>();

    private ComparedRun run(String id, String specification, String right, Condition... conditions) {
        ExperimentCommand.Submit submit = new ExperimentCommand.Submit(
                "submit-" + id, TIME, 1, id, specification(specification), dataset("phantoms", "manifest"));
        List<Measured> measured = new ArrayList<>();
        for (Condition condition : conditions) {
            measured.add(measured(id, condition, right));
        }
        return new ComparedRun(submit, measured, Map.of());
    }

    private static DatasetRef dataset(String name, String version) {
        return new DatasetRef(name, new ObjectRef(ObjectKeys.dataset(name) + version, "ab".repeat(32), 8));
    }

    private static ExperimentSpec specification(String json) {
        try {
            return EventCodec.mapper().readValue(json.replace('\'', '"'), ExperimentSpec.class);
        } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private Measured measured(String id, Condition condition, String right) {
        ObjectRef kept = new ObjectRef(ObjectKeys.predictions(id + "/epoch-00001", condition), "cd".repeat(32), 8);
        List<Integer> labels =
                IntStream.range(0, right.length()).mapToObj(i -> i % 2).toList();
        List<Integer> predicted = IntStream.range(0, right.length())
                .mapToObj(i -> right.charAt(i) == '1' ? labels.get(i) : 1 - labels.get(i))
                .toList();
        store.put(
                kept,
                new Predictions(
                        1,
                        id,
                        id + "/epoch-00001",
                        condition,
                        List.of("a", "b"),
                        labels,
                        predicted,
                        labels.stream().map(any -> List.of(0.5, 0.5)).toList(),
                        null));
        double accuracy = right.chars().filter(c -> c == '1').count() / (double) right.length();
        return Measured.builder()
                .id(id + condition.label())
                .time(TIME)
                .experimentId(id)
                .evaluationId(id + "/epoch-00001")
                .epoch(1)
                .last(true)
                .condition(condition)
                .values(List.of(
                        new Figure(
                                "accuracy",
                                accuracy,
                                Math.max(0, accuracy - 0.1),
                                Math.min(1, accuracy + 0.1),
                                right.length(),
                                null),
                        Figure.undefined("auroc", right.length(), "one class only")))
                .predictions(kept)
                .build();
    }

    private ComparisonDocument compare(List<String> conditions, ComparedRun... runs) {
        return Comparisons.of(List.of(runs), conditions, ref -> Optional.ofNullable(store.get(ref)), Runnable::run);
    }

    private static final String RTDA = "{'dataset':'phantoms','method':'rtda','seed':1}";

    /** Seeds 1 and 2 of one specification: .9 and .7, mean .8, Student's half width 12.7062 x .1 = 1.27062. */
    @Test
    void runsThatDifferInTheirSeedAreOneGroup() {
        ComparisonDocument document = compare(
                List.of(),
                run("exp-1", RTDA, "1111111110", CLEAN, JPEG),
                run("exp-2", RTDA.replace("1}", "2}"), "1111111000", CLEAN, JPEG),
                run("exp-3", "{'dataset':'phantoms','method':'erm','seed':1}", "1100000000", CLEAN, JPEG));

        assertThat(document.groups()).extracting(ComparisonDocument.Group::name).containsExactly("rtda", "erm");
        assertThat(document.groups().get(0).seeds()).containsExactly(1L, 2L);
        assertThat(document.differing()).contains("method").doesNotContain("seed", "dataset");
        assertThat(document.conditions())
                .as("corruptions only where they are asked for")
                .extracting(ComparisonDocument.ComparedCondition::condition)
                .containsExactly("clean");
        List<GroupFigure> figures = document.conditions().get(0).figures();
        assertThat(figures).as("what is not defined is no figure").hasSize(2);
        assertThat(figures.get(0).figure().value()).isCloseTo(0.8, within(1e-12));
        assertThat(figures.get(0).figure().high()).isCloseTo(0.8 + 1.27062, within(1e-5));
        assertThat(figures.get(1).figure().high()).as("of one run: over images").isCloseTo(0.3, within(1e-12));
    }

    @Test
    void aFigureNamesTheGatesThatARunOfItsGroupFails() {
        ComparedRun first = run("exp-1", RTDA, "1111111110", CLEAN, JPEG);
        ComparedRun condemned =
                new ComparedRun(first.submit(), first.measured(), Map.of("clean", List.of("attack-has-converged")));
        ComparisonDocument document = compare(
                List.of("clean", "jpeg@3"),
                condemned,
                run("exp-2", RTDA.replace("1}", "2}"), "1111111000", CLEAN, JPEG),
                run("exp-3", "{'dataset':'phantoms','method':'erm','seed':1}", "1100000000", CLEAN, JPEG));

        assertThat(document.conditions().get(0).figures())
                .extracting(GroupFigure::failedGates)
                .containsExactly(List.of("attack-has-converged"), List.of());
        assertThat(document.conditions().get(1).figures())
                .extracting(GroupFigure::failedGates)
                .containsExactly(List.of(), List.of());
    }

    /** Seed 1 is in both: the first alone is right on 7, the second alone on none: 2 / 2^7. */
    @Test
    void theFirstGroupIsComparedWithEachOther() {
        ComparisonDocument document = compare(
                List.of("jpeg@3"),
                run("exp-1", RTDA, "1111111110", CLEAN, JPEG),
                run("exp-3", "{'dataset':'phantoms','method':'erm','seed':1}", "1100000000", CLEAN, JPEG));

        GroupDifference difference = document.conditions().get(0).differences().get(0);
        assertThat(difference.group()).isEqualTo(1);
        assertThat(difference.mcNemar().get(1L).pValue()).isCloseTo(2.0 / 128, within(1e-12));
        assertThat(difference.accuracy().mean()).isCloseTo(0.7, within(1e-12));
        assertThat(difference.finding()).isEqualTo(Shown.HIGHER);
    }

    /** Right on every second image: one class for all. */
    @Test
    void aConstantIsNotJudged() {
        ComparisonDocument document = compare(
                List.of(),
                run("exp-1", RTDA, "1111111111", CLEAN),
                run("exp-2", "{'dataset':'phantoms','method':'erm','seed':1}", "1010101010", CLEAN));

        assertThat(document.groups())
                .extracting(ComparisonDocument.Group::constant)
                .containsExactly(false, true);
        assertThat(document.conditions().get(0).differences().get(0).finding()).isEqualTo(Shown.NOT_JUDGED);
    }

    @Test
    void predictionsThatAreGoneLeaveTheFiguresAndNoTest() {
        ComparedRun first = run("exp-1", RTDA, "1111111110", CLEAN);
        ComparedRun second = run("exp-2", "{'dataset':'phantoms','method':'erm','seed':1}", "1100000000", CLEAN);
        store.clear();

        GroupDifference difference = compare(List.of(), first, second)
                .conditions()
                .get(0)
                .differences()
                .get(0);

        assertThat(difference.finding()).isEqualTo(Shown.NOT_TESTED);
        assertThat(difference.accuracy().mean()).isCloseTo(0.7, within(1e-12));
        assertThat(compare(List.of(), first, second).groups().get(0).constant())
                .as("nobody knows")
                .isNull();
    }

    /** Documents of earlier builds do not say which images they are about: the first of the split. */
    @Test
    void theFirstImagesAreTheSameWhetherTheyAreNamedOrNot() {
        ComparedRun first = run("exp-1", RTDA, "1111111110", CLEAN);
        ComparedRun second = run("exp-2", "{'dataset':'phantoms','method':'erm','seed':1}", "1100000000", CLEAN);
        ObjectRef kept = second.measured().get(0).predictions();
        Predictions unnamed = store.get(kept);
        store.put(
                kept,
                new Predictions(
                        1,
                        unnamed.experimentId(),
                        unnamed.evaluationId(),
                        unnamed.condition(),
                        unnamed.classes(),
                        unnamed.labels(),
                        unnamed.predicted(),
                        unnamed.probabilities(),
                        List.of(0, 1, 2, 3, 4, 5, 6, 7, 8, 9)));

        assertThat(compare(List.of(), first, second)
                        .conditions()
                        .get(0)
                        .differences()
                        .get(0)
                        .finding())
                .isEqualTo(Shown.HIGHER);
    }

    @Test
    void groupsAreNamedByWhatTellsThemApart() {
        ComparisonDocument document = compare(
                List.of(),
                run("exp-1", "{'dataset':'phantoms','method':'rtda','lambda':3}", "11", CLEAN),
                run("exp-2", "{'dataset':'phantoms','method':'rtda','lambda':6}", "11", CLEAN));

        assertThat(document.groups())
                .extracting(ComparisonDocument.Group::name)
                .containsExactly("rtda, lambda 3.0", "rtda, lambda 6.0");
        assertThat(document.differing()).containsExactly("lambda");
    }

    @Test
    void whatCannotBeComparedIsRefusedWithTheReason() {
        ComparedRun first = run("exp-1", RTDA, "11", CLEAN);
        ComparedRun other = new ComparedRun(
                new ExperimentCommand.Submit(
                        "submit-2",
                        TIME,
                        1,
                        "exp-2",
                        specification("{'dataset':'phantoms','method':'erm'}"),
                        dataset("phantoms", "manifest-2")),
                List.of(),
                Map.of());

        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> compare(List.of(), first, other))
                .withMessageContaining("exp-2")
                .withMessageContaining("another version of it");
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> compare(List.of(), first, run("exp-3", RTDA, "11", CLEAN)))
                .withMessageContaining("the same run as exp-1");
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> compare(
                        List.of("pgd-l2-10@0.5"),
                        first,
                        run("exp-3", "{'dataset':'phantoms','method':'erm'}", "11", CLEAN)))
                .withMessageContaining("pgd-l2-10@0.5")
                .withMessageContaining("[clean]");
    }

    @Test
    void aConditionSaysHowItsAttackSearches() {
        Condition pgd = Condition.attack(AttackSettings.of("pgd-l2", "l2", 0.5), "test");

        ComparisonDocument document = compare(
                List.of(),
                run("exp-1", RTDA, "11", CLEAN, pgd),
                run("exp-2", "{'dataset':'phantoms','method':'erm'}", "11", CLEAN, pgd));

        assertThat(document.conditions())
                .extracting(ComparisonDocument.ComparedCondition::attackFamily)
                .containsExactly(null, AttackKind.Family.PGD);
    }

    @Test
    void onlyOneThatNamesConditionsLooksAtCorruptions() {
        assertThat(Comparisons.looksAt(CLEAN, List.of())).isTrue();
        assertThat(Comparisons.looksAt(JPEG, List.of())).isFalse();
        assertThat(Comparisons.looksAt(JPEG, List.of("clean"))).isTrue();
    }

    @Test
    void noiseIsNoAttackOfTheHeadline() {
        Condition noise = Condition.attack(AttackSettings.of("random-noise", "l2", 0.5), "test");

        ComparisonDocument document = compare(
                List.of(),
                run("exp-1", RTDA, "11", CLEAN, noise),
                run("exp-2", "{'dataset':'phantoms','method':'erm'}", "11", CLEAN, noise));

        assertThat(document.conditions())
                .extracting(ComparisonDocument.ComparedCondition::condition)
                .containsExactly("clean");
    }
}
