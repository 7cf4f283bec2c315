package org.rtda.gateway.command;

import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.rtda.contracts.EventCodec;
import org.rtda.contracts.ExperimentCommand;
import org.rtda.contracts.ExperimentSpec;
import org.rtda.contracts.ExperimentStatus;
import org.rtda.contracts.check.Event;
import org.rtda.contracts.check.InvalidFieldException;
import org.rtda.contracts.dataset.DatasetManifest;
import org.rtda.contracts.dataset.DatasetRef;
import org.rtda.core.network.NetworkArchitecture;
import org.rtda.gateway.database.ExperimentViews;
import org.rtda.gateway.database.IdempotencyKeys;
import org.rtda.gateway.problem.ProblemException;
import org.rtda.gateway.view.ExperimentView;
import org.rtda.gateway.view.Unfinished;
import org.rtda.store.DatasetReader;
import org.rtda.store.Datasets;
import org.rtda.store.RunMemory;

/** The commands on experiments. A command that arrives twice is answered alike and made once. */
public final class Experiments {
    private static final int LONGEST_KEY = 200;

    private final ExperimentViews views;
    private final Datasets datasets;
    private final DatasetReader reader;
    private final InitialWeightsCheck initialWeights;
    private final long trainerMemoryBytes;
    private final IdempotencyKeys keys;
    private final CommandSender sender;
    private final Clock clock;

    /** @param trainerMemoryBytes of a trainer: what a run may need */
    public Experiments(
            ExperimentViews views,
            Datasets datasets,
            DatasetReader reader,
            InitialWeightsCheck initialWeights,
            long trainerMemoryBytes,
            IdempotencyKeys keys,
            CommandSender sender,
            Clock clock) {
        this.initialWeights = initialWeights;
        this.trainerMemoryBytes = trainerMemoryBytes;
        this.views = views;
        this.datasets = datasets;
        this.reader = reader;
        this.keys = keys;
        this.sender = sender;
        this.clock = clock;
    }

    /**
     * @param idempotencyKey the same key names the same experiment, on whichever gateway; null for a new one each time
     * @throws InvalidFieldException when a value does not fit the data set or a trainer's memory, or the initial weights do not fit the
     *     network
     * @throws ProblemException 409 when the key was used for another specification or a deleted experiment, or the data set was removed meanwhile, 503 when the
     *     broker is gone
     * @throws org.rtda.store.DatasetBusyException when the data set is being removed
     */
    public Submitted submit(ExperimentSpec draft, String idempotencyKey) {
        if (idempotencyKey == null) {
            return publish("exp-" + Cancels.hex(UUID.randomUUID().toString()), draft, () -> {});
        }
        if (idempotencyKey.isBlank() || idempotencyKey.length() > LONGEST_KEY) {
            throw ProblemException.badValue(
                    "Idempotency-Key", idempotencyKey, "1 to " + LONGEST_KEY + " characters, not all blank");
        }
        String id = "exp-" + Cancels.hex(idempotencyKey);
        if (views.isDeleted(id)) {
            throw ProblemException.conflict("this Idempotency-Key was used for experiment " + id
                    + ", which was deleted: submit with another key");
        }
        IdempotencyKeys.Claim claim =
                IdempotencyKeys.Claim.of(IdempotencyKeys.Kind.EXPERIMENT, idempotencyKey, EventCodec.write(draft), id);
        Optional<IdempotencyKeys.Claim> before = keys.find(claim.kind(), idempotencyKey);
        if (before.isPresent()) {
            requireSame(claim, before.get());
            // where it does not come, whoever claimed the key may have failed before the command was published
            if (views.await(id, view -> true)) {
                return new Submitted(id, false);
            }
        } else if (isKnown(id, draft)) {
            return new Submitted(id, false);
        }
        return publish(id, draft, () -> requireSame(claim, keys.claim(claim)));
    }

    private static void requireSame(IdempotencyKeys.Claim claim, IdempotencyKeys.Claim before) {
        if (!before.equals(claim)) {
            throw otherSpecification(before.experiment());
        }
    }

    private static ProblemException otherSpecification(String id) {
        return ProblemException.conflict(
                "this Idempotency-Key was used for experiment " + id + ", whose specification differs");
    }

    /**
     * Whether there is the experiment of a key that is kept no longer.
     *
     * @throws ProblemException 409 where its specification is another
     */
    private boolean isKnown(String id, ExperimentSpec draft) {
        Optional<ExperimentCommand.Submit> before =
                views.read(id, ExperimentView::submit).flatMap(s -> s);
        if (before.isEmpty()) {
            return false;
        }
        ExperimentSpec resolved = resolved(
                draft,
                draft.dataset().equals(before.get().dataset().name())
                        ? reader.manifest(before.get().dataset())
                        : manifest(dataset(draft.dataset())));
        if (!resolved.equals(before.get().spec())) {
            throw otherSpecification(id);
        }
        return true;
    }

    /** @param beforehand what is done once the specification is found good, immediately before it is published */
    private Submitted publish(String id, ExperimentSpec draft, Runnable beforehand) {
        return datasets.using(draft.dataset(), () -> publishWithData(id, draft, beforehand));
    }

    private Submitted publishWithData(String id, ExperimentSpec draft, Runnable beforehand) {
        DatasetRef dataset = dataset(draft.dataset());
        DatasetManifest data = manifest(dataset);
        ExperimentSpec spec = resolved(draft, data);
        RunMemory.requireFits(spec, data, trainerMemoryBytes);
        initialWeights.require(spec, data);
        ExperimentCommand.Submit command =
                new ExperimentCommand.Submit(id + "/submit", clock.instant(), Event.SCHEMA_VERSION, id, spec, dataset);
        beforehand.run();
        sender.send(command);
        // whoever submits can ask at once
        views.await(id, view -> true);
        requireStillThere(id, dataset);
        return new Submitted(id, true);
    }

    /**
     * Another gateway may have begun to remove the data set before the command reached it: then its latest manifest is gone, and the
     * experiment would fail on missing images. A removal that begins after this look sees the experiment, once the command has
     * reached that gateway.
     */
    private void requireStillThere(String id, DatasetRef dataset) {
        if (datasets.find(dataset.name()).isPresent()) {
            return;
        }
        sender.send(Cancels.of(id, List.of(), clock.instant()));
        throw ProblemException.conflict("data set " + dataset.name() + " was removed while experiment " + id
                + " was submitted with it: the experiment is cancelled. Import the data set again and submit again,"
                + " with another Idempotency-Key where you give one");
    }

    private static ExperimentSpec resolved(ExperimentSpec draft, DatasetManifest data) {
        List<String> fitting = NetworkArchitecture.namesFor(data.channels(), data.height(), data.width());
        if (!fitting.contains(draft.network())) {
            String images = "images of " + data.channels() + " x " + data.height() + " x " + data.width();
            throw new InvalidFieldException(
                    "network",
                    draft.network(),
                    fitting.isEmpty()
                            ? "one for " + images + ", of which there is none: import them with shorter sides"
                            : "one of " + fitting + " for " + images);
        }
        return draft.resolvedFor(data);
    }

    private DatasetRef dataset(String name) {
        return datasets.find(name).orElseThrow(() -> {
            return new InvalidFieldException("dataset", name, "one of " + datasets.names());
        });
    }

    private DatasetManifest manifest(DatasetRef dataset) {
        return reader.manifest(dataset);
    }

    /**
     * Ends whatever has not ended: the run, queued or training, and evaluations. Asking again ends nothing more unless something was
     * asked for since.
     *
     * @throws ProblemException 404 for an unknown experiment, 409 when all of it has ended, 503 when the broker is gone
     */
    public Cancelled cancel(String id) {
        Standing standing = views.readKnown(id, Standing::of);
        Unfinished unfinished = standing.unfinished;
        if (unfinished.isEmpty()) {
            throw ProblemException.conflict(
                    "experiment " + id + " has ended (" + standing.end() + "), nothing is left to cancel");
        }
        if (unfinished.equals(standing.cancelling)) {
            return new Cancelled(unfinished, false);
        }
        ExperimentCommand.Cancel command = Cancels.of(id, unfinished.evaluations(), clock.instant());
        sender.send(command);
        views.await(id, view -> view.knows(command));
        return new Cancelled(unfinished, true);
    }

    private record Standing(ExperimentStatus status, Unfinished unfinished, Unfinished cancelling) {
        static Standing of(ExperimentView view) {
            return new Standing(view.status(), Unfinished.of(view), Unfinished.cancelling(view));
        }

        /** How the experiment ended, of one that has. */
        private String end() {
            return switch (status.state()) {
                case FAILED -> "failed: " + status.reason();
                case CANCELLED -> "cancelled after " + status.step() + " of " + status.totalSteps() + " steps";
                case TRAINED, QUEUED, RUNNING -> "trained and evaluated";
            };
        }
    }

    /**
     * @param ends what the command ends
     * @param isNew false when all of it had been asked before
     */
    public record Cancelled(Unfinished ends, boolean isNew) {}

    /** @param isNew false when the same command had arrived before */
    public record Submitted(String id, boolean isNew) {}
}
