package org.rtda.gateway.database;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;

/**
 * What a reader does not know yet when it begins. It is read once, and lets go of what has been read whole, so that a stream does not hold
 * for its lifetime what it has sent at its beginning. Readers who begin at about the same time share the most of it.
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
