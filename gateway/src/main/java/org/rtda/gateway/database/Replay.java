package org.rtda.gateway.database;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;

/**
 * The events that a reader of a stream gets at its beginning. They are released once they have been read, so that a stream does
 * not keep them for its lifetime. Readers who begin at about the same time share most of them.
 */
public final class Replay implements Iterable<FeedMessage> {
    private final boolean ended;
    private Known known;
    private List<FeedMessage> further;

    /** All that was known of an experiment at a place. */
    record Known(List<FeedMessage> messages, StreamPlace place) {
        Known {
            messages = List.copyOf(messages);
        }
    }

    /**
     * @param known null where the reader has it
     * @param further what has come since, and the end where the experiment has ended
     */
    Replay(Known known, List<FeedMessage> further) {
        this.known = known;
        this.further = further;
        this.ended = !further.isEmpty() && further.get(further.size() - 1).isEnd();
    }

    /** Whether nothing more will come. */
    public boolean isEnded() {
        return ended;
    }

    @Override
    public Iterator<FeedMessage> iterator() {
        Deque<Iterator<FeedMessage>> left = new ArrayDeque<>();
        if (known != null) {
            left.add(known.messages.iterator());
        }
        left.add(further.iterator());
        known = null;
        further = List.of();
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                while (!left.isEmpty() && !left.element().hasNext()) {
                    left.remove();
                }
                return !left.isEmpty();
            }

            @Override
            public FeedMessage next() {
                if (!hasNext()) {
                    throw new NoSuchElementException("all has been read");
                }
                return left.element().next();
            }
        };
    }
}
