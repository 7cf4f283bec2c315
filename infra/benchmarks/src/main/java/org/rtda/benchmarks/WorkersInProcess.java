package org.rtda.benchmarks;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.rtda.attack.CraftAttack;
import org.rtda.attack.SimulatedDevice;
import org.rtda.attack.TargetNetworks;
import org.rtda.contracts.AttackRequest;
import org.rtda.contracts.BatchAnswer;
import org.rtda.contracts.EventCodec;
import org.rtda.contracts.Topic;
import org.rtda.messaging.Delivery;
import org.rtda.messaging.EventRecords;
import org.rtda.messaging.Publisher;
import org.rtda.messaging.Work;
import org.rtda.messaging.WorkQueue;
import org.rtda.nn.pytorch.attack.Attack;
import org.rtda.nn.pytorch.engine.TorchEngine;
import org.rtda.store.ArtifactStore;
import org.rtda.store.DatasetReader;
import org.rtda.store.Payloads;

/**
 * Attack workers with simulated devices, all of them in this process, where as many processes as workers would need more memory and
 * processors than there are. Each is a member of the share group with connections of its own, loads the weights for itself, and publishes
 * its answers; what they share is the Java virtual machine and the thread that calls PyTorch.
 */
final class WorkersInProcess implements AutoCloseable {
    private static final long BLOCK_CACHE_BYTES = 2 << 20;
    private static final int NETWORKS = 2;

    private final List<Publisher> publishers = new ArrayList<>();
    private final List<TargetNetworks> targets = new ArrayList<>();
    private final List<WorkQueue> queues = new ArrayList<>();

    /**
     * @param count how many
     * @param millisPerImage of each device
     * @param grace how long a request that has begun may go on when they are closed
     * @param isWanted requests of others are acknowledged without an answer
     */
    WorkersInProcess(
            int count,
            Map<String, Object> kafka,
            ArtifactStore store,
            TorchEngine engine,
            double millisPerImage,
            Duration grace,
            Predicate<AttackRequest> isWanted) {
        Payloads payloads = new Payloads(store, Payloads.DEFAULT_INLINE_LIMIT_BYTES);
        for (int worker = 1; worker <= count; worker++) {
            Publisher publisher = new Publisher(kafka);
            publishers.add(publisher);
            TargetNetworks networks = new TargetNetworks(engine, store, NETWORKS);
            targets.add(networks);
            CraftAttack crafting = new CraftAttack(
                    new DatasetReader(store, BLOCK_CACHE_BYTES),
                    payloads,
                    networks,
                    new SimulatedDevice(millisPerImage));
            String name = "attack-" + worker;
            queues.add(WorkQueue.open(
                    kafka,
                    Topic.ATTACK_REQUESTS,
                    delivery -> answer(delivery, isWanted, crafting, payloads, publisher, name),
                    publisher,
                    grace));
        }
    }

    /** Returns when each may take requests. */
    void awaitAllIn(AttackGroup group) {
        group.awaitMembers(queues.size());
    }

    private static Work.End answer(
            Delivery delivery,
            Predicate<AttackRequest> isWanted,
            CraftAttack crafting,
            Payloads payloads,
            Publisher publisher,
            String worker)
            throws InterruptedException {
        AttackRequest request = EventCodec.read(delivery.received().value(), AttackRequest.class);
        if (!isWanted.test(request)) {
            return Work.End.DONE;
        }
        long start = System.nanoTime();
        Attack.Perturbed found = crafting.craft(request);
        BatchAnswer answer = BatchAnswer.Ready.to(
                request,
                Instant.now(),
                worker,
                payloads.write(request.id(), found.images()),
                (System.nanoTime() - start) / 1e6,
                found.gradientEvaluations(),
                found.zeroGradients());
        publisher.publishAndWait(EventRecords.answer(Topic.ADVERSARIAL_BATCHES, answer));
        return Work.End.DONE;
    }

    @Override
    public void close() {
        WorkQueue.closeAll(queues);
        publishers.forEach(Publisher::close);
        targets.forEach(TargetNetworks::close);
    }
}
