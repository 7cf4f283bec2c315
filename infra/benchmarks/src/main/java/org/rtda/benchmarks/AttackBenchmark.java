package org.rtda.benchmarks;

import java.util.ArrayList;
import java.util.List;
import org.rtda.core.ImageBatch;
import org.rtda.core.Seed;
import org.rtda.nn.pytorch.attack.Attack;
import org.rtda.nn.pytorch.attack.Attacks;
import org.rtda.nn.pytorch.engine.FrozenNetwork;
import org.rtda.nn.pytorch.engine.TorchEngine;

/** PGD-7 and PGD-20 on one batch, against an eager PyTorch script and against torchattacks. */
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
                    for (String by : List.of("eager", "torchattacks")) {
                        setting.tell("PGD-" + steps + ", " + network + ", against " + by);
                        BenchmarkFigure figure = figure(setting, engine, network, steps, by);
                        setting.tell(figure.inShort()); // a turn of a large network takes minutes
                        figures.add(figure);
                    }
                }
            }
        }
        return figures;
    }

    private static BenchmarkFigure figure(
            Setting setting, TorchEngine engine, NetworkCase network, int steps, String by) {
        ImageBatch images = network.images(1);
        int[] labels = network.labels();
        List<Seed> seeds = network.seeds();
        Attack attack = Attacks.of(network.pgd(steps));
        try (FrozenNetwork frozen = new FrozenNetwork(engine, network.architecture(), network.weights());
                Rival rival = setting.rival("attack.py", network.arguments(setting, steps, "--by", by))) {
            Runnable unit = () -> attack.perturb(frozen, images, labels, seeds);
            unit.run();
            PairedTurns turns =
                    PairedTurns.take(setting.turnsOr(3), () -> NetworkCase.milliseconds(unit), rival.turns());
            return BenchmarkFigure.ofTime(
                    "PGD-" + steps + ", " + network,
                    turns,
                    by.equals("eager") ? "PyTorch, eager" : "torchattacks PGDL2",
                    "at least 1.2x",
                    rival.note(setting.python()));
        }
    }
}
