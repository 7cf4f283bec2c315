package org.rtda.benchmarks;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleSupplier;
import org.rtda.benchmarks.measuring.PairedTurns;
import org.rtda.benchmarks.measuring.PyTorchRival;

/**
 * The same work here and in several rivals. All are in memory and take turns in one run. The fastest rival, that of the
 * smallest ratio, is the one that counts: only its figure has the target. For one thread.
 */
final class Contest implements AutoCloseable {
    private final String python;
    private final Map<PyTorchRival, Rival> rivals = new LinkedHashMap<>();

    private Contest(String python) {
        this.python = python;
    }

    /**
     * Starts the rivals and waits until each has warmed up, one after the other.
     *
     * @param script of {@code infra/benchmarks/rivals}
     * @param work the arguments that say what it does, for all rivals
     */
    static Contest start(Setting setting, String script, List<String> work, List<PyTorchRival> kinds) {
        Contest contest = new Contest(setting.python());
        try {
            for (PyTorchRival kind : kinds) {
                List<String> arguments = new ArrayList<>(work);
                arguments.addAll(kind.arguments());
                contest.rivals.put(kind, setting.rival(script, arguments));
            }
        } catch (RuntimeException e) {
            contest.close();
            throw e;
        }
        return contest;
    }

    /**
     * Takes the turns.
     *
     * @param ours one unit of work here, in milliseconds
     * @return a figure for each rival, or one alone when no rival could be started; a rival that lacks something is named in
     *     the note of the first
     */
    List<BenchmarkFigure> figures(String what, int turns, DoubleSupplier ours, String target) {
        Map<String, DoubleSupplier> present = new LinkedHashMap<>();
        List<String> lacking = new ArrayList<>();
        rivals.forEach((kind, rival) -> {
            if (rival.missing().isEmpty()) {
                present.put(kind.title(), rival.turns());
            } else {
                lacking.add("not compared with " + kind.title() + ": " + rival.lack(python));
            }
        });
        String note = lacking.isEmpty() ? null : String.join("; ", lacking);
        if (present.isEmpty()) {
            return List.of(BenchmarkFigure.ofTime(what, PairedTurns.take(turns, ours, null), null, target, note));
        }
        return figures(what, PairedTurns.takeWithAll(turns, ours, present), target, note);
    }

    /** @param turns by the rivals' names, at least one */
    static List<BenchmarkFigure> figures(String what, Map<String, PairedTurns> turns, String target, String note) {
        double smallest =
                turns.values().stream().mapToDouble(PairedTurns::ratio).min().orElseThrow();
        List<BenchmarkFigure> figures = new ArrayList<>();
        turns.forEach((rival, taken) -> figures.add(BenchmarkFigure.ofTime(
                what, taken, rival, taken.ratio() == smallest ? target : null, figures.isEmpty() ? note : null)));
        return figures;
    }

    @Override
    public void close() {
        rivals.values().forEach(Rival::close);
    }
}
