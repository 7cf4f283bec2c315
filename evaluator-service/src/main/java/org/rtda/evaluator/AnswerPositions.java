package org.rtda.evaluator;

import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;

/** The offset up to which attack workers' answers were read, for each partition. Safe for use by several threads. */
final class AnswerPositions {
    private final Map<Integer, Long> next = new ConcurrentHashMap<>();
    private final CompletableFuture<Void> listening = new CompletableFuture<>();

    /** Reading begins here: what is written from now on will be read. */
    void begin(int partition, long offset) {
        next.put(partition, offset);
    }

    void passed(int partition, long offset) {
        next.put(partition, offset + 1);
    }

    /** Offset of the next record to read; empty when reading has not begun. */
    OptionalLong next(int partition) {
        Long offset = next.get(partition);
        return offset == null ? OptionalLong.empty() : OptionalLong.of(offset);
    }

    void begunOnAll() {
        listening.complete(null);
    }

    /** Ends when reading has begun on all partitions: what is answered after that is not missed. */
    CompletionStage<Void> listening() {
        return listening;
    }
}
