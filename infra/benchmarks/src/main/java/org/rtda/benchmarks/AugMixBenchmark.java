package org.rtda.benchmarks;

import java.util.ArrayList;
import java.util.List;
import org.rtda.benchmarks.measuring.OneCore;
import org.rtda.benchmarks.measuring.PairedTurns;
import org.rtda.core.augment.AugMix;
import org.rtda.core.augment.AugMixParameters;

/**
 * AugMix views of grey images on one core: width 3, severity 3, depth drawn from 1 to 3, every operation, against the original
 * algorithm with Pillow. The original resamples bilinearly, these services bicubically: Pillow is measured both ways.
 */
final class AugMixBenchmark implements Benchmark {

    @Override
    public String name() {
        return "augmix";
    }

    @Override
    public List<BenchmarkFigure> run(Setting setting) {
        List<BenchmarkFigure> figures = new ArrayList<>();
        for (int side : List.of(28, 224)) {
            if (setting.wants(Integer.toString(side))) {
                GreyImages images = GreyImages.of(side, side == 28 ? 512 : 32);
                AugMix augMix = new AugMix(new AugMixParameters(3, 0, 3, 1, true));
                OneCore ours = OneCore.warmedUp(() -> augMix.mix(images.images(), images.seeds()));
                for (String resampling : List.of("bicubic", "bilinear")) {
                    figures.add(figure(setting, images, ours, resampling));
                }
            }
        }
        return figures;
    }

    private BenchmarkFigure figure(Setting setting, GreyImages images, OneCore ours, String resampling) {
        int count = images.images().size();
        List<String> arguments = List.of(
                "--images",
                images.write(setting.folder()).toString(),
                "--side",
                Integer.toString(images.side()),
                "--resampling",
                resampling);
        setting.tell("augmix, " + images.side() + " pixels, against Pillow, " + resampling);
        try (Rival rival = setting.rival("augmix.py", arguments)) {
            PairedTurns turns = PairedTurns.take(setting.turnsOr(9), ours::milliseconds, rival.turns());
            return BenchmarkFigure.ofRate(
                    images.side() + " pixels",
                    "images/s",
                    turns.each(count),
                    "AugMix with Pillow, " + resampling,
                    images.side() == 28 ? "at least 10x" : "at least 5x",
                    rival.missing().isPresent() ? rival.note(setting.python()) : OneCore.NOTE);
        }
    }
}
