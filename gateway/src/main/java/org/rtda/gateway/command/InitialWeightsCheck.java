package org.rtda.gateway.command;

import java.util.LinkedHashMap;
import java.util.Map;
import org.rtda.contracts.ExperimentSpec;
import org.rtda.contracts.check.InvalidFieldException;
import org.rtda.contracts.dataset.DatasetManifest;
import org.rtda.contracts.dataset.ObjectRef;
import org.rtda.core.network.InvalidSafeTensorsException;
import org.rtda.core.network.NetworkArchitecture;
import org.rtda.core.network.PretrainedWeights;
import org.rtda.core.network.SafeTensors;
import org.rtda.core.network.WeightDifferences;
import org.rtda.gateway.api.ApiPath;
import org.rtda.store.ArtifactCorruptException;
import org.rtda.store.ArtifactMissingException;
import org.rtda.store.ArtifactStore;

/**
 * Checks at submission that the initial weights of a specification exist and fit its network, so that no trainer fails because of
 * them. It checks names and shapes; the values were checked when the file was uploaded.
 */
public final class InitialWeightsCheck {
    private static final String FIELD = "initialWeights";
    /** Files whose names and shapes are remembered: a comparison gives the same file many times. */
    private static final int KEPT = 32;

    private final ArtifactStore store;
    private final WeightsLimit largest;
    private final Map<ObjectRef, Map<String, long[]>> known = new LinkedHashMap<>(16, 0.75f, true);

    /** @param largest of the files that this process can read */
    public InitialWeightsCheck(ArtifactStore store, WeightsLimit largest) {
        this.store = store;
        this.largest = largest;
    }

    /**
     * One file at a time is read, as it is when it is brought.
     *
     * @throws InvalidFieldException when the weights are not there, are no weights, or are another network's
     * @throws org.rtda.store.ArtifactStoreUnavailableException when the store is gone
     */
    synchronized void require(ExperimentSpec spec, DatasetManifest data) {
        ObjectRef file = spec.initialWeights();
        if (file == null) {
            return;
        }
        WeightDifferences differences = PretrainedWeights.differences(
                NetworkArchitecture.named(
                        spec.network(),
                        data.channels(),
                        data.height(),
                        data.width(),
                        data.classes().size()),
                shapes(file));
        if (!differences.isEmpty()) {
            throw new InvalidFieldException(
                    FIELD,
                    file.key(),
                    differences.wanted() + " (" + differences.found()
                            + "): name the network and the data set that they are of, or leave them out");
        }
    }

    private Map<String, long[]> shapes(ObjectRef file) {
        Map<String, long[]> shapes = known.get(file);
        if (shapes != null) {
            return shapes;
        }
        if (file.sizeBytes() > largest.bytes()) {
            throw new InvalidFieldException(FIELD, file.sizeBytes() + " bytes", largest.allowed());
        }
        try {
            shapes = SafeTensors.shapes(store.get(file));
        } catch (ArtifactMissingException e) {
            throw new InvalidFieldException(
                    FIELD,
                    file.key(),
                    "a file that is in the store: POST " + ApiPath.V1 + "/weights brings it and says its reference");
        } catch (ArtifactCorruptException e) {
            throw new InvalidFieldException(
                    FIELD, file, "the reference that POST " + ApiPath.V1 + "/weights gave (" + e.getMessage() + ")");
        } catch (InvalidSafeTensorsException e) {
            throw new InvalidFieldException(
                    FIELD, file.key(), "a safetensors file of float32 tensors (" + e.getMessage() + ")");
        }
        known.put(file, shapes);
        if (known.size() > KEPT) {
            known.remove(known.keySet().iterator().next());
        }
        return shapes;
    }
}
