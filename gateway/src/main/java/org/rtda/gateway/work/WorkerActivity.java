package org.rtda.gateway.work;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What a gateway has seen of workers since it began: when each kind was last there, and how much it does. Safe for several threads.
 */
public final class WorkerActivity {
    /** Over which a rate is told; a condition of an evaluation may take a minute. */
    static final Duration WINDOW = Duration.ofMinutes(5);

    private final Clock clock;
    private final Map<Kind, Course> courses = new HashMap<>();

    private record Kind(String group, String topic) {
        static Kind of(WorkerGroup group) {
            return new Kind(group.group(), group.topic());
        }
    }

    private record Look(Instant time, long done) {}

    /** Of one kind of worker. */
    private static final class Course {
        private final Deque<Look> looks = new ArrayDeque<>();
        private Instant lastSeen;

        void seen(Instant now, WorkerGroup group) {
            if (group.members() > 0) {
                lastSeen = now;
            }
            if (group.done() == null) {
                return;
            }
            // a topic that was made anew counts from its beginning
            if (!looks.isEmpty() && group.done() < looks.getLast().done()) {
                looks.clear();
            }
            looks.addLast(new Look(now, group.done()));
            while (looks.size() > 1 && looks.getFirst().time().isBefore(now.minus(WINDOW))) {
                looks.removeFirst();
            }
        }

        SeenWorkerGroup told(WorkerGroup group) {
            return SeenWorkerGroup.of(group, lastSeen, donePerMinute());
        }

        private Double donePerMinute() {
            if (looks.size() < 2) {
                return null;
            }
            double minutes =
                    Duration.between(looks.getFirst().time(), looks.getLast().time())
                                    .toNanos()
                            / 60e9;
            return minutes <= 0
                    ? null
                    : (looks.getLast().done() - looks.getFirst().done()) / minutes;
        }
    }

    public WorkerActivity(Clock clock) {
        this.clock = clock;
    }

    /** Somebody has just asked the broker. */
    public synchronized void seen(List<WorkerGroup> groups) {
        Instant now = clock.instant();
        groups.forEach(group ->
                courses.computeIfAbsent(Kind.of(group), any -> new Course()).seen(now, group));
        // a group of a process that has gone is gone from the broker, too, after a while
        courses.keySet().retainAll(groups.stream().map(Kind::of).collect(Collectors.toSet()));
    }

    /** The same groups, with what was seen of each. */
    public synchronized List<SeenWorkerGroup> told(List<WorkerGroup> groups) {
        seen(groups);
        return groups.stream()
                .map(group -> courses.get(Kind.of(group)).told(group))
                .toList();
    }
}
