package org.rtda.messaging;

import org.apache.kafka.clients.consumer.ConsumerRecord;

/** A record that a worker holds the lock of. Safe for use by several threads. */
public final class Delivery {
    /**
     * Deliveries of one record that Kafka allows a share group unless it is told otherwise ({@value TopicAdmin#DELIVERY_LIMIT}). A broker may
     * allow more; one that allows fewer is {@linkplain TopicAdmin#ensure refused}.
     */
    public static final int LIMIT = 5;

    private final ConsumerRecord<String, byte[]> received;
    private volatile boolean lost;
    private volatile boolean left;
    private volatile boolean kept;

    /** @param received as the share group gave it out */
    public Delivery(ConsumerRecord<String, byte[]> received) {
        this.received = received;
    }

    /** As it came. */
    public ConsumerRecord<String, byte[]> received() {
        return received;
    }

    /** How often the record was delivered, to anybody, from 1. Its earlier holders died, lost the broker, or left it to others. */
    public int count() {
        return received.deliveryCount().map(Short::intValue).orElse(1);
    }

    /**
     * Whether Kafka will not deliver the record again, so that its holder should leave it, and its queue publishes it anew. Not where that
     * was refused: then this holder works on it.
     */
    public boolean isLast() {
        return isTheLastCounted() && !kept;
    }

    boolean isTheLastCounted() {
        return count() >= LIMIT;
    }

    /** It cannot be published anew: whoever leaves it loses it. */
    void keep() {
        kept = true;
    }

    /** The reason to give for a record that is given up since it {@linkplain #isLast() will not come again}. */
    public String givenUp() {
        return "given to " + (count() - 1)
                + " workers before, each of which died, was stopped, met an outage or was not heard of any more while"
                + " it worked on it";
    }

    /** Whether the lock has run out, so that another worker may hold the record now. */
    public boolean isLost() {
        return lost;
    }

    void lose() {
        lost = true;
    }

    /** Whether the work was interrupted because its queue is closed: how it fails then says nothing about the record. */
    boolean isLeft() {
        return left;
    }

    void leave() {
        left = true;
    }

    @Override
    public String toString() {
        return "record " + received.offset() + " of " + received.topic() + "-" + received.partition();
    }
}
