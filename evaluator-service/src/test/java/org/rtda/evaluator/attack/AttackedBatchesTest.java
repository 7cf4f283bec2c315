package org.rtda.evaluator.attack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.rtda.contracts.CheckpointSaved;
import org.rtda.contracts.ObjectKeys;
import org.rtda.contracts.Payload;
import org.rtda.contracts.dataset.DatasetRef;
import org.rtda.contracts.settings.AttackSettings;
import org.rtda.contracts.settings.Condition;
import org.rtda.core.ImageBatch;
import org.rtda.evaluator.context.CleanBatch;
import org.rtda.evaluator.context.ConditionFailedException;
import org.rtda.evaluator.context.EvaluationContext;
import org.rtda.evaluator.context.EvaluatorFixtures;
import org.rtda.evaluator.context.ModelCache;
import org.rtda.service.WorkProgress;
import org.rtda.store.DatasetReader;
import org.rtda.store.InMemoryArtifactStore;
import org.rtda.store.Payloads;

/** Attacks around images that go through the store, which may lose them. */
class AttackedBatchesTest {
    private static final AttackSettings PGD =
            AttackSettings.builder().name("pgd-l2").epsilon(2.5).steps(10).build();

    private final InMemoryArtifactStore store = new InMemoryArtifactStore();
    private final DatasetReader datasets = new DatasetReader(store, 1 << 20);
    private final Payloads payloads = new Payloads(store, 0);
    private final ScriptedAttacker attacker = new ScriptedAttacker(datasets, payloads);
    private final List<String> asked = new ArrayList<>();
    private int losses;
    private EvaluationContext judging;

    @BeforeEach
    void importData() {
        DatasetRef dataset = EvaluatorFixtures.dataset(store, new TreeMap<>(Map.of("test", 2)));
        CheckpointSaved checkpoint = EvaluatorFixtures.checkpoint(
                "exp", 5, true, EvaluatorFixtures.spec(), dataset, EvaluatorFixtures.model(store));
        judging = new EvaluationContext(
                EvaluatorFixtures.task(checkpoint, Condition.attackedCorruption(PGD, "brightness-up", 5, "test"), 0),
                datasets,
                new ModelCache(store, EvaluatorFixtures.MeanModel::load, 1),
                new WorkProgress(System::nanoTime),
                any -> {});
    }

    /** Loses what the first requests start from, before an attacker reads it. */
    private AdversarialImages losing() {
        return (lane, request, shape) -> {
            asked.add(request.id());
            Payload base = request.base();
            if (losses-- <= 0) {
                return attacker.ask(lane, request, shape);
            }
            store.delete(base.object().key());
            return new AdversarialImages.Asked() {
                @Override
                public AdversarialImages.Answer await() {
                    throw new LostBaseException("object " + base.object().key() + " is missing from the store");
                }

                @Override
                public void close() {
                    // nothing is open
                }
            };
        };
    }

    private List<ImageBatch> run() throws InterruptedException {
        List<ImageBatch> received = new ArrayList<>();
        new AttackedBatches(losing(), payloads, "judge-1", Clock.systemUTC())
                .run(
                        judging,
                        AttackOrder.on(judging, PGD),
                        AttackedBatches.parts(judging.indices()),
                        CleanBatch::images,
                        (part, batch, adversarial, zeroGradients) -> received.add(adversarial));
        return received;
    }

    @Test
    void imagesThatTheStoreLosesAreWrittenAgainAndTheRequestIsSentAgain() throws Exception {
        List<ImageBatch> undisturbed = run();
        asked.clear();

        losses = 2;
        assertThat(run()).isEqualTo(undisturbed);
        assertThat(asked).hasSize(3).containsOnly(asked.get(0));
        assertThat(store.list(ObjectKeys.transients("exp"))).isEmpty();
    }

    @Test
    void aStoreThatLosesThemThreeTimesIsTheReason() {
        losses = 3;
        assertThatThrownBy(this::run)
                .isInstanceOf(ConditionFailedException.class)
                .hasMessageContaining("is missing from the store, written 3 times");
        assertThat(asked).hasSize(3);
        assertThat(store.list(ObjectKeys.transients("exp"))).isEmpty();
    }
}
