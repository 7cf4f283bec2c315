package org.rtda.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.rtda.benchmarks.Deployment.Host;
import org.rtda.benchmarks.Deployment.Rates;
import org.rtda.benchmarks.Deployment.Work;
import org.rtda.benchmarks.StepTimeModel.Setup;
import org.rtda.benchmarks.StepTimeModel.StepCosts;

/**
 * How many attack workers one trainer with an H100 keeps busy, as {@link StepTimeModel} has it: predictions, from assumptions
 * that docs/scaling.md states, and not a measurement.
 */
final class ModelBenchmark implements Benchmark {
    /** Assumed for residual networks in TF32: a twelfth of the chip's dense peak. */
    private static final double H100_TERAFLOPS = 40;

    /** As docs/performance.md has them, where it follows images and weights on their way. */
    private static final Host HOST = new Host(new Rates(0.47, 0.64, 1.3), new Rates(0.64, 0.47, 1.4), 0.22);

    private static final List<Work> WORKS = List.of(
            new Work("resnet50, 224 pixels", 94, 8.2, 0.602, 128, 3, 7),
            new Work("wide-resnet-50-2, 224 pixels", 267, 22.8, 0.602, 128, 3, 7));

    @Override
    public String name() {
        return "model";
    }

    @Override
    public List<BenchmarkFigure> run(Setting setting) {
        List<BenchmarkFigure> figures = new ArrayList<>();
        for (Work work : WORKS) {
            for (double relative : new double[] {1, 0.25}) {
                // a link of 25 Gbit/s
                Deployment deployment = new Deployment(H100_TERAFLOPS, relative * H100_TERAFLOPS, 25, 2, HOST);
                for (int workers : new int[] {1, 2, 3, 4, 6, 8, 12, 16}) {
                    figures.add(figure(work, relative, deployment, workers));
                }
            }
        }
        return figures;
    }

    private static BenchmarkFigure figure(Work work, double relative, Deployment deployment, int workers) {
        StepCosts costs = deployment.costs(work, workers, workers);
        double train = deployment.trainMillis(work);
        StringBuilder note = new StringBuilder("a step is training for");
        double ahead = 0;
        for (int lookahead = 0; lookahead <= 2; lookahead++) {
            ahead = StepTimeModel.stepMillis(new Setup(workers, 1, workers, lookahead), costs);
            note.append(String.format(
                    Locale.ROOT,
                    "%s %.0f%% of %.0f ms with lookahead %d",
                    lookahead == 0 ? "" : ",",
                    100 * train / ahead,
                    ahead,
                    lookahead));
        }
        return BenchmarkFigure.alone(
                work.name() + ", " + workers + (workers == 1 ? " worker" : " workers") + " of "
                        + (relative == 1 ? "the trainer's speed" : "a quarter of the trainer's speed")
                        + ", lookahead 2",
                "ms predicted",
                ahead,
                0,
                null,
                note.toString());
    }
}
