package org.rtda.contracts;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * All topics: the one list from which services create them and documents describe them. A topic of work has one
 * partition, which all of its workers share: with more, some workers could wait beside a partition whose own are busy.
 * Elsewhere few, since a fetch that finds nothing has looked at all of them.
 */
public enum Topic {
    EXPERIMENTS("experiments", Kind.LASTING_WORK, ExperimentCommand.class),
    EXPERIMENT_STATUS("experiment-status", Kind.RECORDS, ExperimentStatus.class),
    EXPERIMENT_ATTEMPTS("experiment-attempts", Kind.LEDGER, ExperimentAttempt.class),
    TRAINING_METRICS("training-metrics", Kind.RECORDS, TrainingMetric.class),
    CHECKPOINTS("checkpoints", Kind.LASTING_WORK, CheckpointSaved.class),
    AUGMENT_REQUESTS("augment-requests", Kind.REQUESTS, AugmentRequest.class),
    AUGMENTED_BATCHES("augmented-batches", Kind.ANSWERS, BatchAnswer.class),
    ATTACK_REQUESTS("attack-requests", Kind.REQUESTS, AttackRequest.class),
    EVALUATION_ATTACK_REQUESTS("evaluation-attack-requests", Kind.REQUESTS, AttackRequest.class),
    NAMED_EVALUATION_ATTACK_REQUESTS("named-evaluation-attack-requests", Kind.REQUESTS, AttackRequest.class),
    ADVERSARIAL_BATCHES("adversarial-batches", Kind.ANSWERS, BatchAnswer.class),
    EVALUATION_COMMANDS("evaluation-commands", Kind.LASTING_WORK, EvaluationCommand.class),
    EVALUATION_REQUESTS("evaluation-requests", Kind.LASTING_WORK, EvaluationTask.class),
    NAMED_EVALUATION_REQUESTS("named-evaluation-requests", Kind.LASTING_WORK, EvaluationTask.class),
    ROBUSTNESS_METRICS("robustness-metrics", Kind.RECORDS, RobustnessMetric.class),
    /** Records that could not be processed, as they came; the reason is in the headers. */
    DEAD_LETTERS("dead-letters", Kind.RECORDS, byte[].class),
    /** Who asked the gateway for what. For people: no service reads it. */
    AUDIT_LOG("audit-log", Kind.AUDIT, AuditEntry.class);

    /** Record header that names the experiment, so that a record that does not parse can still be attributed. */
    public static final String EXPERIMENT_HEADER = "experiment-id";

    /**
     * Record header of a checkpoint and of a command to evaluate one: the evaluation that is to be planned for it, so that it can be
     * ended where the record does not parse. Absent from a checkpoint of which the experiment wants no evaluation.
     */
    public static final String EVALUATION_HEADER = "evaluation-id";

    /** Record header of an answer: whose request it answers, so that everyone else can pass it by unread. */
    public static final String REPLY_TO_HEADER = "reply-to";

    /** Headers of a dead letter; those of SmallRye's dead letters are named alike. */
    public static final String DEAD_LETTER_REASON_HEADER = "dead-letter-reason";

    /** Where the record was read first. */
    public static final String DEAD_LETTER_TOPIC_HEADER = "dead-letter-topic";

    public static final String DEAD_LETTER_PARTITION_HEADER = "dead-letter-partition";
    public static final String DEAD_LETTER_OFFSET_HEADER = "dead-letter-offset";

    /** SHA-256 of the record's value, which only somebody who could read the record can tell. */
    public static final String DEAD_LETTER_SHA256_HEADER = "dead-letter-value-sha256";

    /** Bytes of the record's value, where it was too long for a letter, which then holds its beginning. */
    public static final String DEAD_LETTER_SIZE_HEADER = "dead-letter-value-bytes";

    /** The share group of those who end experiments that are cancelled while they wait; it reads {@link #EXPERIMENTS} beside their workers. */
    public static final String CANCELLERS = "experiments-cancellers";

    /** The share group of those who end the evaluations that a cancel of {@link #EXPERIMENTS} names. */
    public static final String EVALUATION_CANCELLERS = "experiments-evaluation-cancellers";

    /** The share group of those who announce the ends of evaluations; each record of {@link #ROBUSTNESS_METRICS} may be an evaluation's last. */
    public static final String COMPLETERS = "robustness-metrics-completers";

    private final String topicName;
    private final Kind kind;
    private final Class<?> messageType;

    Topic(String topicName, Kind kind, Class<?> messageType) {
        this.topicName = topicName;
        this.kind = kind;
        this.messageType = messageType;
    }

    public String topicName() {
        return topicName;
    }

    public int partitions() {
        return kind.partitions;
    }

    public Class<?> messageType() {
        return messageType;
    }

    /** The topic's settings in the broker. */
    public Map<String, String> settings() {
        return kind.settings;
    }

    /**
     * The share group of those who work on the topic's records.
     *
     * @throws IllegalStateException when nobody takes records from it, since everybody reads all of them
     */
    public String workers() {
        if (!isWork()) {
            throw new IllegalStateException(topicName + " is no queue of work");
        }
        return topicName + "-workers";
    }

    /** Every share group there is. */
    public static List<String> shareGroups() {
        return Stream.concat(
                        Arrays.stream(values()).filter(Topic::isWork).map(Topic::workers),
                        Stream.of(CANCELLERS, EVALUATION_CANCELLERS, COMPLETERS))
                .toList();
    }

    /** Whether each record is for one worker, whichever it is. */
    public boolean isWork() {
        return kind.work;
    }

    /** Whether its records may hold images, which are patients': they must not be copied to where they stay longer. */
    public boolean mayHoldImages() {
        return kind == Kind.REQUESTS || kind == Kind.ANSWERS;
    }

    /** By its name in the broker; empty where it is none of these. */
    public static Optional<Topic> named(String topicName) {
        return Arrays.stream(values())
                .filter(topic -> topic.topicName.equals(topicName))
                .findFirst();
    }

    private enum Kind {
        /** What happened: views are rebuilt from it. */
        RECORDS(4, false, Map.of("retention.ms", "-1")),
        /** What people may have to account for, in one order; no longer than that, since it has the names of people. */
        AUDIT(
                1,
                false,
                Map.of("retention.ms", Long.toString(Duration.ofDays(400).toMillis()))),
        /** Who owns what: of each key only the newest record counts, and one partition gives all of them one order. */
        LEDGER(1, false, Map.of("cleanup.policy", "compact")),
        /** Work, and the record that it was asked for. */
        LASTING_WORK(1, true, Map.of("retention.ms", "-1")),
        /** Work on one batch. Evaluation requests may wait for hours while training goes first. */
        REQUESTS(
                1,
                true,
                Map.of(
                        "retention.ms", Long.toString(Duration.ofHours(24).toMillis()),
                        // Kafka removes whole segments, and counts from the newest record in one
                        "segment.ms", Long.toString(Duration.ofHours(1).toMillis()),
                        "retention.bytes", Long.toString(2L << 30),
                        "segment.bytes", Long.toString(64L << 20))),
        /** Batches on their way back: useless once used. */
        ANSWERS(
                4,
                false,
                Map.of(
                        "retention.ms", Long.toString(Duration.ofMinutes(30).toMillis()),
                        "segment.ms", Long.toString(Duration.ofMinutes(10).toMillis()),
                        "retention.bytes", Long.toString(256L << 20),
                        "segment.bytes", Long.toString(64L << 20)));

        private final int partitions;
        private final boolean work;
        private final Map<String, String> settings;

        Kind(int partitions, boolean work, Map<String, String> settings) {
            this.partitions = partitions;
            this.work = work;
            this.settings = settings;
        }
    }
}
