package org.rtda.contracts;

import java.time.Duration;
import java.util.Map;

/**
 * Every topic there is: the one list from which services create them and documents describe them. Where workers share a
 * topic, more partitions than the most workers anyone will run, since a partition has one reader of a group; elsewhere few,
 * since a fetch that finds nothing has looked at all of them.
 */
public enum Topic {
    EXPERIMENTS("experiments", 16, Keep.FOREVER, ExperimentCommand.class),
    EXPERIMENT_STATUS("experiment-status", 4, Keep.FOREVER, ExperimentStatus.class),
    TRAINING_METRICS("training-metrics", 4, Keep.FOREVER, TrainingMetric.class),
    CHECKPOINTS("checkpoints", 4, Keep.FOREVER, CheckpointSaved.class),
    AUGMENT_REQUESTS("augment-requests", 24, Keep.WORK, AugmentRequest.class),
    AUGMENTED_BATCHES("augmented-batches", 12, Keep.WORK, BatchAnswer.class),
    ATTACK_REQUESTS("attack-requests", 48, Keep.WORK, AttackRequest.class),
    EVALUATION_ATTACK_REQUESTS("evaluation-attack-requests", 48, Keep.WORK, AttackRequest.class),
    ADVERSARIAL_BATCHES("adversarial-batches", 12, Keep.WORK, BatchAnswer.class),
    EVALUATION_COMMANDS("evaluation-commands", 4, Keep.FOREVER, EvaluationCommand.class),
    EVALUATION_REQUESTS("evaluation-requests", 24, Keep.FOREVER, EvaluationTask.class),
    ROBUSTNESS_METRICS("robustness-metrics", 4, Keep.FOREVER, RobustnessMetric.class),
    /** Records that could not be processed, as they came; the reason is in the headers. */
    DEAD_LETTERS("dead-letters", 4, Keep.FOREVER, byte[].class);

    /** Record header that names the experiment, so that a record that does not parse can still be attributed. */
    public static final String EXPERIMENT_HEADER = "experiment-id";

    /** Record header of an answer: whose request it answers, so that everyone else can pass it by unread. */
    public static final String REPLY_TO_HEADER = "reply-to";

    /** Channels of SmallRye put this header on a dead letter. */
    public static final String DEAD_LETTER_REASON_HEADER = "dead-letter-reason";

    private final String topicName;
    private final int partitions;
    private final Keep keep;
    private final Class<?> messageType;

    Topic(String topicName, int partitions, Keep keep, Class<?> messageType) {
        this.topicName = topicName;
        this.partitions = partitions;
        this.keep = keep;
        this.messageType = messageType;
    }

    public String topicName() {
        return topicName;
    }

    public int partitions() {
        return partitions;
    }

    public Class<?> messageType() {
        return messageType;
    }

    /** The topic's settings in the broker. */
    public Map<String, String> settings() {
        return keep.settings;
    }

    /**
     * The partition of a request. The shards of a step take neighbouring partitions that do not run over the end, so
     * that with partitions dealt out in turn (Kafka's RoundRobinAssignor) no worker gets two shards more than another,
     * however many workers there are. Steps take block after block; the blocks move along by what the division leaves
     * over, so that every partition has its turn. More shards than partitions go round.
     */
    public int partitionFor(long step, int shard, int shards) {
        if (shards > partitions) {
            return (int) Math.floorMod(step * shards + shard, (long) partitions);
        }
        long blocks = partitions / shards;
        long shift = Math.floorMod(Math.floorDiv(step, blocks), partitions % shards + 1L);
        return (int) (Math.floorMod(step, blocks) * shards + shift + shard);
    }

    private enum Keep {
        /** The record of what happened: the gateway's view is rebuilt from it. */
        FOREVER(Map.of("retention.ms", "-1")),
        /** Batches on their way: useless once used. */
        WORK(Map.of(
                "retention.ms", Long.toString(Duration.ofMinutes(30).toMillis()),
                "retention.bytes", Long.toString(256L << 20),
                "segment.bytes", Long.toString(64L << 20)));

        private final Map<String, String> settings;

        Keep(Map<String, String> settings) {
            this.settings = settings;
        }
    }
}
