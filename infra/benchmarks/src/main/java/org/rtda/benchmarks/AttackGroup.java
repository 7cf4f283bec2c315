package org.rtda.benchmarks;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ShareGroupDescription;
import org.apache.kafka.common.GroupState;
import org.apache.kafka.common.errors.GroupIdNotFoundException;
import org.rtda.contracts.Topic;

/** The share group of those who take attack requests for training, as the broker sees it. */
final class AttackGroup implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final String GROUP = Topic.ATTACK_REQUESTS.workers();

    private final Admin admin;

    AttackGroup(String bootstrapServers) {
        this.admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers));
    }

    /**
     * Returns when the group has so many members and each may take requests.
     *
     * @throws IllegalStateException when that lasts longer than five minutes
     */
    void awaitMembers(int workers) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        try {
            while (!shareAmong(workers)) {
                if (System.nanoTime() > end) {
                    throw new IllegalStateException(
                            workers + " attack workers do not all take requests of their topic within " + PATIENCE);
                }
                Thread.sleep(200);
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private boolean shareAmong(int workers) throws InterruptedException {
        ShareGroupDescription group;
        try {
            group = admin.describeShareGroups(List.of(GROUP))
                    .describedGroups()
                    .get(GROUP)
                    .get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof GroupIdNotFoundException) {
                return false;
            }
            throw new IllegalStateException("the broker does not describe the group " + GROUP, e.getCause());
        }
        long taking = group.members().stream()
                .filter(member -> !member.assignment().topicPartitions().isEmpty())
                .count();
        return group.groupState() == GroupState.STABLE
                && taking == workers
                && group.members().size() == workers;
    }

    @Override
    public void close() {
        admin.close();
    }
}
