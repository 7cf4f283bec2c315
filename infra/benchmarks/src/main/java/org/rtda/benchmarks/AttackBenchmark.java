package org.rtda.benchmarks;

import java.util.ArrayList;
import java.util.List;
import org.rtda.benchmarks.measuring.PyTorchRival;
import org.rtda.core.ImageBatch;
import org.rtda.core.Seed;
import org.rtda.nn.pytorch.attack.Attack;
import org.rtda.nn.pytorch.attack.Attacks;
import org.rtda.nn.pytorch.engine.FrozenNetwork;
import org.rtda.nn.pytorch.engine.TorchEngine;

/** PGD-7 and PGD-20 on one batch, against each of {@link PyTorchRival#ATTACKS}. */
final class AttackBenchmark implements Benchmark {

    @Override
    public String name() {
        return "attack";
    }

    @Override
    public List<BenchmarkFigure> run(Setting setting) {
        List<BenchmarkFigure> figures = new ArrayList<>();
        try (TorchEngine engine = setting.engine()) {
            for (NetworkCase network : NetworkCase.chosen(setting)) {
                for (int steps : List.of(7, 20)) {
                    setting.tell("PGD-" + steps + ", " + network);
                    for (BenchmarkFigure figure : figures(setting, engine, network, steps)) {
                        setting.tell(figure.inShort()); // a turn of a large network takes minutes
                        figures.add(figure);
                    }
                }
            }
        }
        return figures;
    }

    private static List<BenchmarkFigure> figures(Setting setting, TorchEngine engine, NetworkCase network, int steps) {
        ImageBatch images = network.images(1);
        int[] labels = network.labels();
        List<Seed> seeds = network.seeds();
        Attack attack = Attacks.of(network.pgd(steps));
        try (FrozenNetwork frozen = new FrozenNetwork(engine, network.architecture(), network.weights());
                Contest contest =
                        Contest.start(setting, "attack.py", network.arguments(setting, steps), PyTorchRival.ATTACKS)) {
            Runnable unit = () -> attack.perturb(frozen, images, labels, seeds);
            unit.run();
            return contest.figures(
                    "PGD-" + steps + ", " + network,
                    setting.turnsOr(3),
                    () -> NetworkCase.milliseconds(unit),
                    "at least 1.0x the fastest");
        }
    }
}
