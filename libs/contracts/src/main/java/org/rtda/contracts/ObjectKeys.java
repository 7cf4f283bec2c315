package org.rtda.contracts;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.rtda.contracts.check.Check;
import org.rtda.contracts.check.InvalidFieldException;
import org.rtda.contracts.dataset.DatasetRef;
import org.rtda.contracts.dataset.ObjectRef;
import org.rtda.contracts.dataset.PreparedImages;
import org.rtda.contracts.settings.Condition;
import org.rtda.contracts.settings.SourceModel;

/** The names of objects in the store. */
public final class ObjectKeys {
    private static final String PREDICTIONS = "evaluations";
    private static final String GALLERIES = "galleries";
    private static final String UPLOADED_WEIGHTS = "weights/";
    private static final String MANIFEST = "/manifest.json";
    private static final String PAYLOAD_SUFFIX = ".f32";

    private ObjectKeys() {}

    /** Prefix of all transient objects. */
    public static final String TRANSIENTS = "transient/";

    /** What makes a checkpoint of what an attempt wrote for an epoch. */
    public static final String CHECKPOINT = "checkpoint.json";

    /** The weights of a checkpoint. */
    public static final String WEIGHTS = "weights.safetensors";

    /** The model of a checkpoint, as ONNX. */
    public static final String MODEL = "model.onnx";

    /** From what a checkpoint is resumed. */
    public static final String TRAINING_STATE = "training-state.safetensors";

    /** Prefix of all data sets. */
    public static final String DATASETS = "datasets/";

    /** Prefix of all objects of a data set, of every import. */
    public static String dataset(String dataset) {
        return DATASETS + dataset + "/";
    }

    /** Prefix of the manifests of all its imports. */
    public static String manifests(String dataset) {
        return dataset(dataset) + "manifests/";
    }

    /** The latest import's manifest. Written last: a data set without it does not exist. */
    public static String manifest(String dataset) {
        return DATASETS + dataset + MANIFEST;
    }

    /** The data set whose latest manifest the object is; empty of other objects. */
    public static Optional<String> datasetOfManifest(String key) {
        if (!key.startsWith(DATASETS) || !key.endsWith(MANIFEST)) {
            return Optional.empty();
        }
        String name = key.substring(DATASETS.length(), Math.max(DATASETS.length(), key.length() - MANIFEST.length()));
        return name.isEmpty() || name.contains("/") ? Optional.empty() : Optional.of(name);
    }

    /** The same manifest under its content's name, which a {@link DatasetRef} pins: a later import leaves it alone. */
    public static String manifest(String dataset, String sha256) {
        return DATASETS + dataset + "/manifests/" + sha256 + ".json";
    }

    /** Named by content: importing the same images again writes the same objects. */
    public static String block(String dataset, String sha256) {
        return DATASETS + dataset + "/blocks/" + sha256;
    }

    /** What is known of each image ({@link PreparedImages}); named by content, as the blocks. */
    public static String images(String dataset, String sha256) {
        return DATASETS + dataset + "/images/" + sha256 + ".json";
    }

    /** Prefix of what says that somebody imports or removes a data set at this moment. */
    public static String datasetClaims(String dataset) {
        return "claims/" + DATASETS + dataset + "/";
    }

    /** @param claim names one among those of its data set */
    public static String datasetClaim(String dataset, String claim) {
        return datasetClaims(dataset) + claim;
    }

    /** Weights that somebody brought to begin a training with. Named by content; nothing removes them. */
    public static String uploadedWeights(String sha256) {
        return UPLOADED_WEIGHTS + sha256 + ".safetensors";
    }

    /** Weights of one step for the attack workers; removed by the trainer when no request names them any more. */
    public static String snapshot(String experimentId, long attempt, long version) {
        return transients(experimentId, attempt) + "weights-" + version + ".safetensors";
    }

    /** A batch too large for its message; removed by whoever asked for it. */
    public static String payload(String requestId) {
        return TRANSIENTS + requestId + PAYLOAD_SUFFIX;
    }

    /** The request whose {@linkplain #payload answer} the object is; empty of other objects. */
    public static Optional<BatchRequestId> requestOfPayload(String key) {
        return isTransient(key) && key.endsWith(PAYLOAD_SUFFIX)
                ? BatchRequestId.find(key.substring(TRANSIENTS.length(), key.length() - PAYLOAD_SUFFIX.length()))
                : Optional.empty();
    }

    /** All transient objects of an experiment. */
    public static String transients(String experimentId) {
        return TRANSIENTS + experimentId + "/";
    }

    /** Those of one attempt at training. */
    public static String transients(String experimentId, long attempt) {
        return transients(experimentId) + attempt + "/";
    }

    /**
     * For keys in messages: whoever sends one may name objects of its own matter and no others, whatever the reader of the message may
     * read, write, show or remove.
     *
     * @param field the message's
     * @param prefix of the objects that it may name, ending in a slash
     * @throws InvalidFieldException when the key does not begin with the prefix, or could be read as one that leaves it again
     */
    static void requireBelow(String field, String key, String prefix) {
        if (!isBelow(key, prefix)) {
            throw new InvalidFieldException(field, key, "below " + prefix);
        }
    }

    /**
     * For the weights in an attack request: those of one step of the experiment, or those of a checkpoint, which may be another
     * experiment's where images are made against its model.
     *
     * @throws InvalidFieldException when the key is none of these
     */
    static void requireAttackable(String field, String key, String experimentId) {
        if (!isOfACheckpoint(key) && !isBelow(key, transients(experimentId))) {
            throw new InvalidFieldException(
                    field, key, "below " + transients(experimentId) + " or " + checkpoints("EXPERIMENT"));
        }
    }

    /**
     * For the manifest of the data set that a message names.
     *
     * @throws InvalidFieldException when the key is not below the data set's prefix
     */
    static void requireManifest(String field, DatasetRef dataset) {
        requireBelow(field + ".manifest.key", dataset.manifest().key(), dataset(dataset.name()));
    }

    /** For an object of a checkpoint of the experiment. */
    static void requireOfCheckpoint(String field, ObjectRef object, String experimentId) {
        requireBelow(field + ".key", object.key(), checkpoints(experimentId));
    }

    /**
     * For the model against which images are made: a checkpoint's of the experiment that it names.
     *
     * @throws InvalidFieldException when its weights are no object of such a checkpoint
     */
    static void requireOfCheckpoint(String field, SourceModel source) {
        requireOfCheckpoint(field + ".weights", source.weights(), source.experimentId());
    }

    /** For predictions; null where they were not kept. */
    static void requirePredictions(String field, ObjectRef object, String experimentId) {
        if (object != null) {
            requireBelow(field + ".key", object.key(), experiment(experimentId) + PREDICTIONS + "/");
        }
    }

    /** For a gallery; null where none was kept. */
    static void requireGallery(String field, ObjectRef object, String experimentId) {
        if (object != null) {
            requireBelow(field + ".key", object.key(), experiment(experimentId) + GALLERIES + "/");
        }
    }

    /**
     * For the weights with which a training begins: those that somebody brought, or those of a checkpoint of any experiment.
     *
     * @throws InvalidFieldException when the key is none of these
     */
    static void requireInitialWeights(String field, String key) {
        if (!isBelow(key, UPLOADED_WEIGHTS) && !isOfACheckpoint(key)) {
            throw new InvalidFieldException(
                    field, key, "below " + UPLOADED_WEIGHTS + " or " + checkpoints("EXPERIMENT"));
        }
    }

    private static boolean isOfACheckpoint(String key) {
        String[] parts = key.split("/", 3);
        return parts.length == 3 && Check.isName(parts[1]) && isBelow(key, checkpoints(parts[1]));
    }

    /** Stores whose objects are files leave out empty segments and dots. */
    private static boolean isBelow(String key, String prefix) {
        return key.startsWith(prefix)
                && Arrays.stream(key.substring(prefix.length()).split("/", -1))
                        .noneMatch(segment -> segment.isEmpty() || segment.equals(".") || segment.equals(".."));
    }

    /** Whether the object is one of those that are removed when nobody needs them any more. */
    public static boolean isTransient(String key) {
        return key.startsWith(TRANSIENTS);
    }

    /** Whose a transient object is; empty where the key is none's. */
    public static Optional<String> experimentOfTransient(String key) {
        String[] parts = key.split("/", 3);
        return isTransient(key) && parts.length == 3 ? Optional.of(parts[1]) : Optional.empty();
    }

    /**
     * Whether an attempt at training made the object, rather than an evaluation, whose transient objects have its id in place of
     * the attempt.
     *
     * @param key of a transient object
     * @param last the attempt up to which
     */
    public static boolean isOfAttemptUpTo(String key, long last) {
        String[] parts = key.split("/", 4);
        return parts.length == 4
                && parts[0].equals("transient")
                && parts[2].matches("[0-9]{1,18}")
                && Long.parseLong(parts[2]) <= last;
    }

    /** Prefix of all objects that stay with an experiment. */
    public static String experiment(String experimentId) {
        return "experiments/" + experimentId + "/";
    }

    public static String checkpoints(String experimentId) {
        return experiment(experimentId) + "checkpoints/";
    }

    /** @param file of the epoch, below its prefix; the prefix itself where empty */
    public static String checkpoint(String experimentId, int epoch, String file) {
        return checkpoints(experimentId) + EvaluationId.epochText(epoch) + "/" + file;
    }

    /**
     * What an attempt writes for a checkpoint, under a name that no other attempt writes to.
     *
     * @param file {@value #WEIGHTS}, {@value #MODEL}, {@value #TRAINING_STATE}, or {@value #CHECKPOINT}, which names the others
     */
    public static String checkpoint(String experimentId, int epoch, long attempt, String file) {
        return checkpoint(experimentId, epoch, "attempt-" + attempt + "/" + file);
    }

    /**
     * What a model said under a condition ({@link Predictions}); stays with the experiment.
     *
     * @param evaluationId {@code EXPERIMENT/epoch-NNNNN} or {@code EXPERIMENT/epoch-NNNNN/NAME}
     */
    public static String predictions(String evaluationId, Condition condition) {
        return ofEvaluation(evaluationId, PREDICTIONS, condition);
    }

    /** Images that a perturbation turned ({@link Gallery}); stays with the experiment. */
    public static String gallery(String evaluationId, Condition condition) {
        return ofEvaluation(evaluationId, GALLERIES, condition);
    }

    /** Prefixes of all that an experiment has in the store of single images of its data set: predictions, galleries, and batches. */
    public static List<String> ofImages(String experimentId) {
        return List.of(
                "experiments/" + experimentId + "/" + PREDICTIONS + "/",
                "experiments/" + experimentId + "/" + GALLERIES + "/",
                transients(experimentId));
    }

    /** Prefix of the predictions of an evaluation; those of evaluations with a name lie below that of their epoch. */
    public static String predictionsOf(String evaluationId) {
        return ofEvaluation(evaluationId, PREDICTIONS);
    }

    /** Prefix of the galleries of an evaluation, in the same order. */
    public static String galleriesOf(String evaluationId) {
        return ofEvaluation(evaluationId, GALLERIES);
    }

    private static String ofEvaluation(String evaluationId, String folder, Condition condition) {
        return ofEvaluation(evaluationId, folder) + condition.label() + ".json";
    }

    private static String ofEvaluation(String evaluationId, String folder) {
        EvaluationId id = EvaluationId.parse(evaluationId);
        return experiment(id.experimentId()) + folder + "/" + id.withinExperiment() + "/";
    }
}
