package org.rtda.benchmarks;

import java.util.ArrayList;
import java.util.List;
import org.rtda.benchmarks.measuring.OneCore;
import org.rtda.benchmarks.measuring.PairedTurns;
import org.rtda.core.ImageBatch;
import org.rtda.core.Seed;
import org.rtda.core.corruption.Corruption;
import org.rtda.core.corruption.Corruptions;

/** Every corruption of grey images on one core, each of the five severities, against the Python originals, and their sum. */
final class CorruptionsBenchmark implements Benchmark {

    @Override
    public String name() {
        return "corruptions";
    }

    @Override
    public List<BenchmarkFigure> run(Setting setting) {
        List<BenchmarkFigure> figures = new ArrayList<>();
        for (int side : List.of(28, 224)) {
            GreyImages images = GreyImages.of(side, side == 28 ? 128 : 4);
            List<PairedTurns> all = new ArrayList<>();
            for (String corruption : Corruptions.names()) {
                if (setting.wants(corruption) || setting.wants(Integer.toString(side))) {
                    figures.add(figure(setting, images, corruption, all));
                }
            }
            if (all.size() == Corruptions.names().size()) {
                figures.add(figure(side + " pixels, each image by all of them", PairedTurns.sum(all), null));
            }
        }
        return figures;
    }

    private static BenchmarkFigure figure(
            Setting setting, GreyImages images, String corruption, List<PairedTurns> all) {
        Corruption ours = Corruptions.named(corruption);
        ImageBatch batch = ImageBatch.of(images.images());
        List<Seed> seeds = images.seeds();
        OneCore core = OneCore.warmedUp(() -> {
            for (int severity = 1; severity <= Corruption.SEVERITIES; severity++) {
                ours.apply(batch, severity, seeds);
            }
        });
        List<String> arguments = List.of(
                "--images",
                images.write(setting.folder()).toString(),
                "--side",
                Integer.toString(images.side()),
                "--corruption",
                corruption);
        setting.tell(images.side() + " pixels, " + corruption);
        try (Rival rival = setting.rival("corruptions.py", arguments)) {
            PairedTurns turns = PairedTurns.take(setting.turnsOr(5), core::milliseconds, rival.turns())
                    .each(batch.count() * Corruption.SEVERITIES);
            all.add(turns);
            return figure(images.side() + " pixels, " + corruption, turns, rival.note(setting.python()));
        }
    }

    private static BenchmarkFigure figure(String what, PairedTurns turns, String missing) {
        boolean sum = what.endsWith("by all of them");
        return BenchmarkFigure.ofRate(
                what,
                "images/s",
                turns,
                "Python original",
                sum ? "at least 5x" : null,
                missing != null ? missing : OneCore.NOTE);
    }
}
