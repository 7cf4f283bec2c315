package org.rtda.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rtda.benchmarks.measuring.Machine;
import org.rtda.benchmarks.measuring.PairedTurns;
import org.rtda.benchmarks.measuring.PyTorchRival;

/** Medians, ratios and how they are told. */
class MeasurementTest {
    private static final Machine MACHINE =
            new Machine("Some processor", 2, 1, 8000, 0.5, Map.of("jdk", "OpenJDK 17.0.15"));

    @TempDir
    Path folder;

    @Test
    void sidesTakeTurnsAndOursBegins() {
        List<String> order = new ArrayList<>();
        PairedTurns.take(
                2,
                () -> {
                    order.add("ours");
                    return 1;
                },
                () -> {
                    order.add("rival");
                    return 1;
                });
        assertThat(order).containsExactly("ours", "rival", "ours", "rival");
    }

    @Test
    void severalRivalsTakeTheirTurnsAfterOursInEachRound() {
        List<String> order = new ArrayList<>();
        Map<String, DoubleSupplier> rivals = new LinkedHashMap<>();
        rivals.put("eager", () -> turn(order, "eager", 30));
        rivals.put("compiled", () -> turn(order, "compiled", 18));
        Map<String, PairedTurns> turns = PairedTurns.takeWithAll(2, () -> turn(order, "ours", 20), rivals);
        assertThat(order).containsExactly("ours", "eager", "compiled", "ours", "eager", "compiled");
        assertThat(turns.get("eager").times()).containsExactly(20, 20);
        assertThat(turns.get("eager").rivalTimes()).containsExactly(30, 30);
        assertThat(turns.get("compiled").rivalTimes()).containsExactly(18, 18);
    }

    private static double turn(List<String> order, String who, double milliseconds) {
        order.add(who);
        return milliseconds;
    }

    @Test
    void onlyTheFastestRivalIsHeldToTheTarget() {
        Map<String, PairedTurns> turns = new LinkedHashMap<>();
        turns.put("eager", new PairedTurns(new double[] {20}, new double[] {30}));
        turns.put("compiled", new PairedTurns(new double[] {20}, new double[] {18}));
        turns.put("channels last", new PairedTurns(new double[] {20}, new double[] {24}));
        List<BenchmarkFigure> figures = Contest.figures("a step", turns, "at least 1.0x", "not compared with a fourth");
        assertThat(figures).extracting(BenchmarkFigure::rival).containsExactly("eager", "compiled", "channels last");
        assertThat(figures).extracting(BenchmarkFigure::ratio).containsExactly(1.5, 0.9, 1.2);
        assertThat(figures).extracting(BenchmarkFigure::target).containsExactly(null, "at least 1.0x", null);
        assertThat(figures).extracting(BenchmarkFigure::note).containsExactly("not compared with a fourth", null, null);
    }

    @Test
    void aRivalThatLacksSomethingIsNamedBesideThoseThatTakeTurns() throws IOException {
        Files.createDirectories(folder.resolve("infra/benchmarks/rivals"));
        Files.writeString(folder.resolve("infra/benchmarks/rivals/work.sh"), """
                case "$*" in *--compile*) echo missing g++; exit 3;; esac
                echo ready; while read -r order; do echo 6; done
                """);
        Setting setting = new Setting(folder, folder, 1, 0, false, List.of(), "sh", "cpu");
        List<PyTorchRival> both = List.of(PyTorchRival.EAGER, PyTorchRival.COMPILED);
        try (Contest contest = Contest.start(setting, "work.sh", List.of(), both)) {
            List<BenchmarkFigure> figures = contest.figures("work", 3, () -> 4, "at least 1.0x");
            assertThat(figures).hasSize(1);
            assertThat(figures.get(0).rival()).isEqualTo("PyTorch, eager");
            assertThat(figures.get(0).ratio()).isEqualTo(1.5);
            assertThat(figures.get(0).note())
                    .isEqualTo("not compared with PyTorch, compiled: sh lacks g++ (docs/speed.md lists the packages)");
        }
        try (Contest contest = Contest.start(setting, "work.sh", List.of(), List.of(PyTorchRival.COMPILED))) {
            List<BenchmarkFigure> figures = contest.figures("work", 3, () -> 4, "at least 1.0x");
            assertThat(figures).extracting(BenchmarkFigure::ours).containsExactly(4.0);
            assertThat(figures.get(0).rival()).isNull();
        }
    }

    @Test
    void aCompilerIsNamedByTheFirstLineThatItSaysOfItself() throws IOException {
        Path compiler = Files.writeString(folder.resolve("cxx"), "#!/bin/sh\necho \"c++ 1.2 $1\"\necho more\n");
        assertThat(compiler.toFile().setExecutable(true)).isTrue();
        assertThat(Machine.compiler(compiler.toString())).isEqualTo("c++ 1.2 --version");
        assertThat(Machine.compiler("no-such-compiler")).isEqualTo("missing: there is no command no-such-compiler");
    }

    @Test
    void theRatioIsTheMedianOfTheTurnsNotTheRatioOfTheMedians() {
        // turn by turn 30/10 = 3, 20/20 = 1, 20/40 = 0.5: median 1; the medians are 20 and 20
        PairedTurns turns = new PairedTurns(new double[] {10, 20, 40}, new double[] {30, 20, 20});
        assertThat(turns.ours()).isEqualTo(20);
        assertThat(turns.rival()).isEqualTo(20);
        assertThat(turns.ratio()).isEqualTo(1);
        // 40/10 = 4, 20/20 = 1, 90/30 = 3: median 3, while the medians are 20 and 40
        assertThat(new PairedTurns(new double[] {10, 20, 30}, new double[] {40, 20, 90}).ratio())
                .isEqualTo(3);
    }

    @Test
    void theMedianOfAnEvenNumberIsTheMeanOfTheMiddleTwo() {
        assertThat(PairedTurns.median(new double[] {7, 1, 3, 100})).isEqualTo(5);
    }

    @Test
    void turnsAddUpAndDivideTurnByTurn() {
        PairedTurns first = new PairedTurns(new double[] {1, 2}, new double[] {10, 20});
        PairedTurns second = new PairedTurns(new double[] {3, 4}, new double[] {30, 50});
        assertThat(PairedTurns.sum(List.of(first, second)).times()).containsExactly(4, 6);
        assertThat(PairedTurns.sum(List.of(first, second)).rivalTimes()).containsExactly(40, 70);
        assertThat(PairedTurns.sum(List.of(first, new PairedTurns(new double[] {3, 4}, new double[0])))
                        .hasRival())
                .isFalse();
        assertThat(second.each(2).times()).containsExactly(1.5, 2);
        assertThat(second.each(2).rivalTimes()).containsExactly(15, 25);
    }

    @Test
    void unequalTurnsAreRefused() {
        assertThatThrownBy(() -> new PairedTurns(new double[] {1, 2}, new double[] {1}))
                .hasMessage("there must be at least one turn, and as many of the rival or none, were 2 and 1");
    }

    @Test
    void aRateIsThingsASecondAndItsRatioStillSaysHowManyTimesAsFast() {
        // 2 ms and 8 ms an image: 500 and 125 a second
        BenchmarkFigure figure = BenchmarkFigure.ofRate(
                "28 pixels", "images/s", new PairedTurns(new double[] {2}, new double[] {8}), "theirs", null, null);
        assertThat(figure.ours()).isEqualTo(500);
        assertThat(figure.rivalValue()).isCloseTo(125, within(1e-9));
        assertThat(figure.ratio()).isEqualTo(4);
        assertThat(figure.samples()).isEqualTo(1);
    }

    @Test
    void withoutARivalThereIsNoRatio() {
        BenchmarkFigure figure = BenchmarkFigure.ofTime(
                "a step", new PairedTurns(new double[] {3, 5, 4}, new double[0]), "theirs", null, "ours alone");
        assertThat(figure)
                .isEqualTo(BenchmarkFigure.builder()
                        .what("a step")
                        .unit("ms")
                        .ours(4)
                        .samples(3)
                        .note("ours alone")
                        .build());
        assertThatThrownBy(() -> BenchmarkFigure.builder()
                        .what("a step")
                        .unit("ms")
                        .ours(4)
                        .samples(3)
                        .rival("theirs")
                        .rivalValue(5.0)
                        .build())
                .hasMessageContaining("rival, rivalValue and ratio must be given together");
    }

    @Test
    void theTableHasEveryFigureEachNoteOnceAndTheMachine() {
        assertThat(measurement().text()).isEqualTo("""
                        | step | unit | here | rival | its | times as fast | target | n |
                        |---|---|---|---|---|---|---|---|
                        | resnet20 | ms | 20.0 | PyTorch, eager | 30.0 | 1.50 | at least 1.0x | 3 |
                        | resnet18 | ms | 1234 | - | - | - | - | 1 |
                        | resnet8 | ms | 0.125 | - | - | - | - | 1 |

                        Note: ours alone.
                        Machine: Some processor, 2 cores, 8000 MiB; 1 thread each side; load before 0.5; jdk OpenJDK 17.0.15.""");
    }

    @Test
    void theFileHasTheMachineAndEveryFieldOfEachFigure() throws IOException {
        Path file = folder.resolve("step.json");
        measurement().write(file);
        JsonNode json = new ObjectMapper().readTree(file.toFile());
        assertThat(json.fieldNames()).toIterable().containsExactly("benchmark", "time", "machine", "figures");
        assertThat(json.get("benchmark").asText()).isEqualTo("step");
        assertThat(json.get("time").asText()).isEqualTo("2026-01-02T03:04:05Z");
        assertThat(json.at("/machine/processor").asText()).isEqualTo("Some processor");
        assertThat(json.at("/machine/versions/jdk").asText()).isEqualTo("OpenJDK 17.0.15");
        assertThat(json.at("/figures/0").fieldNames())
                .toIterable()
                .containsExactly("what", "unit", "ours", "samples", "rival", "rivalValue", "ratio", "target", "note");
        assertThat(json.at("/figures/0/ratio").asDouble()).isEqualTo(1.5);
        assertThat(json.at("/figures/1/rival").isNull()).isTrue();
    }

    private static Measurement measurement() {
        return Measurement.of(
                "step",
                Instant.parse("2026-01-02T03:04:05.678Z"),
                MACHINE,
                List.of(
                        BenchmarkFigure.builder()
                                .what("resnet20")
                                .unit("ms")
                                .ours(20)
                                .samples(3)
                                .rival("PyTorch, eager")
                                .rivalValue(30.0)
                                .ratio(1.5)
                                .target("at least 1.0x")
                                .build(),
                        BenchmarkFigure.alone("resnet18", "ms", 1234.4, 1, null, "ours alone"),
                        BenchmarkFigure.alone("resnet8", "ms", 0.125, 1, null, "ours alone")));
    }
}
