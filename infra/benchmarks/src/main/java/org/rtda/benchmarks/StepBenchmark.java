package org.rtda.benchmarks;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.rtda.benchmarks.measuring.PyTorchRival;
import org.rtda.core.ImageBatch;
import org.rtda.nn.pytorch.attack.Attack;
import org.rtda.nn.pytorch.attack.Attacks;
import org.rtda.nn.pytorch.engine.FrozenNetwork;
import org.rtda.nn.pytorch.engine.TorchEngine;
import org.rtda.nn.pytorch.method.MethodSettings;
import org.rtda.nn.pytorch.method.Methods;
import org.rtda.nn.pytorch.method.SgdStep;
import org.rtda.nn.pytorch.method.TrainableNetwork;
import org.rtda.nn.pytorch.method.TrainingMethod;
import org.rtda.nn.pytorch.method.TrainingState;
import org.rtda.nn.pytorch.method.View;

/**
 * One RTDA step in one process, the AugMix view given: PGD-7 on the network as it is, three forward passes in training mode,
 * the gradient, SGD; against the same step as a PyTorch script takes it, run in each way of {@link PyTorchRival#SCRIPTS}.
 */
final class StepBenchmark implements Benchmark {
    private static final int ATTACK_STEPS = 7;

    @Override
    public String name() {
        return "step";
    }

    @Override
    public List<BenchmarkFigure> run(Setting setting) {
        List<BenchmarkFigure> figures = new ArrayList<>();
        try (TorchEngine engine = setting.engine()) {
            for (NetworkCase network : NetworkCase.chosen(setting)) {
                setting.tell("step, " + network);
                figures.addAll(figures(setting, engine, network));
            }
        }
        return figures;
    }

    private static List<BenchmarkFigure> figures(Setting setting, TorchEngine engine, NetworkCase network) {
        TrainingState initial = TrainingState.initial(network.architecture(), network.weights());
        try (TrainableNetwork training = new TrainableNetwork(engine, network.architecture(), initial);
                Contest contest = Contest.start(
                        setting, "step.py", network.arguments(setting, ATTACK_STEPS), PyTorchRival.SCRIPTS)) {
            Runnable step = new Step(engine, network, training);
            step.run();
            return contest.figures(
                    network.toString(),
                    setting.turnsOr(3),
                    () -> NetworkCase.milliseconds(step),
                    "at least 1.0x the fastest");
        }
    }

    /** What a trainer and an attack worker do for a step. */
    private static final class Step implements Runnable {
        private final TorchEngine engine;
        private final NetworkCase network;
        private final TrainableNetwork training;
        private final TrainingMethod method = Methods.named("rtda", new MethodSettings(12, 6));
        private final Attack attack;
        private final ImageBatch clean;
        private final ImageBatch augmix;

        private Step(TorchEngine engine, NetworkCase network, TrainableNetwork training) {
            this.engine = engine;
            this.network = network;
            this.training = training;
            this.attack = Attacks.of(network.pgd(ATTACK_STEPS));
            this.clean = network.images(1);
            this.augmix = network.images(2);
        }

        @Override
        public void run() {
            Map<String, ImageBatch> views = new HashMap<>();
            try (FrozenNetwork attacked =
                    new FrozenNetwork(engine, network.architecture(), training.attackedWeights())) {
                ImageBatch adversarial = attack.perturb(attacked, clean, network.labels(), network.seeds())
                        .images();
                for (View view : method.views()) {
                    views.put(
                            view.name(),
                            switch (view.kind()) {
                                case CLEAN -> clean;
                                case AUGMIX -> augmix;
                                case ADVERSARIAL -> adversarial;
                            });
                }
            }
            training.step(method, views, network.labels(), new SgdStep(0.01, 0.9, 5e-4, true));
        }
    }
}
