package org.rtda.store;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.rtda.contracts.ObjectKeys;
import org.rtda.contracts.dataset.ObjectRef;

/**
 * Keeps imports of a name and its removal apart, in whichever processes they are. Whoever begins one writes a claim, an object of its
 * own, and then looks for the claims of others. Each writes before it looks and the store lists what was written, so of two that exclude
 * each other at least one sees the other. That one takes its claim back and is refused; nobody waits. Imports of one name do not exclude
 * each other.
 *
 * <p>A claim holds the time at which it was written last, and the work under it writes it anew. One that has not been written for
 * {@link #LIFE} is of a process that is gone, and counts no longer; whoever paused for that long gives up. So the clocks of the processes
 * must agree to some minutes, as an S3 store requires of its clients, too.
 */
final class DatasetClaims {
    /** How long a claim counts that is not written anew: above every pause between two writes, below the patience of people. */
    static final Duration LIFE = Duration.ofMinutes(10);

    private static final Duration RENEWAL = Duration.ofMinutes(1);

    private final ArtifactStore store;
    private final Clock clock;

    /** What is claimed, in the words of a refusal. */
    enum Kind {
        IMPORT("import", "imported"),
        REMOVAL("removal", "removed");

        private final String label;
        private final String done;

        Kind(String label, String done) {
            this.label = label;
            this.done = done;
        }

        private boolean excludes(Kind other) {
            return this == REMOVAL || other == REMOVAL;
        }

        private static Optional<Kind> of(String claim) {
            return List.of(values()).stream()
                    .filter(kind -> claim.startsWith(kind.label + "-"))
                    .findFirst();
        }
    }

    DatasetClaims(ArtifactStore store, Clock clock) {
        this.store = store;
        this.clock = clock;
    }

    /**
     * Does the work under a claim of its own, which ends with it.
     *
     * @param work must write through the store that it is given, which sees to it that the claim still counts
     * @throws DatasetBusyException when the name is claimed by what excludes this; or, out of the work, when the claim counts no longer
     */
    <T> T during(String name, Kind kind, Function<ArtifactStore, T> work) {
        Claim claim = new Claim(name, kind);
        try {
            claim.write();
            requireNoOther(name, kind, claim.key);
            return work.apply(claim);
        } finally {
            claim.end();
        }
    }

    private void requireNoOther(String name, Kind kind, String own) {
        String prefix = ObjectKeys.datasetClaims(name);
        for (String key : store.list(prefix)) {
            Optional<Kind> other = Kind.of(key.substring(prefix.length()));
            if (key.equals(own) || other.isEmpty()) {
                continue;
            }
            Optional<byte[]> claim = store.find(key);
            if (claim.isPresent() && isAbandoned(claim.get())) {
                store.delete(key);
            } else if (claim.isPresent() && other.get().excludes(kind)) {
                throw new DatasetBusyException("data set " + name + " is being " + other.get().done
                        + ": try again when that has ended (after a crash: in " + LIFE.toMinutes() + " minutes)");
            }
        }
    }

    private boolean isAbandoned(byte[] claim) {
        try {
            return Instant.parse(new String(claim, StandardCharsets.UTF_8))
                    .plus(LIFE)
                    .isBefore(clock.instant());
        } catch (DateTimeException notOurs) {
            return true;
        }
    }

    /** The store, for whoever holds the claim: it is written anew from time to time, and what it no longer covers is not done. */
    private final class Claim implements ArtifactStore {
        private final String name;
        private final Kind kind;
        private final String key;
        private Instant written;

        private Claim(String name, Kind kind) {
            this.name = name;
            this.kind = kind;
            this.key = ObjectKeys.datasetClaim(name, kind.label + "-" + UUID.randomUUID());
        }

        private void write() {
            Instant now = clock.instant();
            store.put(key, now.toString().getBytes(StandardCharsets.UTF_8));
            written = now;
        }

        private synchronized void require() {
            Duration age = Duration.between(written, clock.instant());
            if (age.compareTo(LIFE) > 0) {
                throw new DatasetBusyException("data set " + name + " was not " + kind.done
                        + ": the gateway paused for more than " + LIFE.toMinutes()
                        + " minutes, so something else may have begun. Try again");
            }
            if (age.compareTo(RENEWAL) > 0) {
                write();
            }
        }

        private void end() {
            try {
                store.delete(key);
            } catch (ArtifactStoreUnavailableException e) {
                // it counts no longer in a while, and what was done under it is done
            }
        }

        @Override
        public ObjectRef put(String of, byte[] content) {
            require();
            return store.put(of, content);
        }

        @Override
        public ObjectRef write(String of, long sizeBytes, ContentWriter writer) {
            require();
            return store.write(of, sizeBytes, writer);
        }

        @Override
        public <T> T read(ObjectRef ref, ContentReader<T> reader) {
            return store.read(ref, reader);
        }

        @Override
        public byte[] get(ObjectRef ref) {
            return store.get(ref);
        }

        @Override
        public void verify(ObjectRef ref) {
            store.verify(ref);
        }

        @Override
        public InputStream open(ObjectRef ref, long from, long length) {
            return store.open(ref, from, length);
        }

        @Override
        public Optional<byte[]> find(String of) {
            return store.find(of);
        }

        @Override
        public List<String> list(String prefix) {
            return store.list(prefix);
        }

        @Override
        public void delete(String of) {
            require();
            store.delete(of);
        }
    }
}
