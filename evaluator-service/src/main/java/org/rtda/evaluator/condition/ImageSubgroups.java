package org.rtda.evaluator.condition;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.rtda.contracts.dataset.DatasetRef;
import org.rtda.contracts.dataset.ImageRecord;
import org.rtda.contracts.dataset.PreparedImages;
import org.rtda.store.DatasetReader;

/**
 * Which subgroups the images of a split are of. Keeps those of the splits that were asked for last, so that a data set's document is
 * parsed once and not for each condition. Safe for use by several threads.
 */
final class ImageSubgroups {
    private static final int KEPT = 8;

    private final DatasetReader datasets;
    private final Map<Key, Map<String, String[]>> known = new LinkedHashMap<>(16, 0.75f, true);

    private record Key(String manifestSha256, String split) {}

    ImageSubgroups(DatasetReader datasets) {
        this.datasets = datasets;
    }

    /**
     * By attribute: the value of each image of the split, null where nobody says. Empty where nothing is known of the images.
     *
     * @throws org.rtda.store.ArtifactException when the manifest or the document is missing, altered or out of reach
     */
    synchronized Map<String, String[]> of(DatasetRef dataset, String split) {
        Key key = new Key(dataset.manifest().sha256(), split);
        Map<String, String[]> there = known.get(key);
        if (there == null) {
            there = read(datasets.images(dataset), split);
            known.put(key, there);
            if (known.size() > KEPT) {
                known.remove(known.keySet().iterator().next());
            }
        }
        return there;
    }

    private static Map<String, String[]> read(Optional<PreparedImages> prepared, String split) {
        List<ImageRecord> records =
                prepared.map(images -> images.splits().get(split)).orElse(List.of());
        Map<String, String[]> values = new LinkedHashMap<>();
        for (int i = 0; i < records.size(); i++) {
            int image = i;
            ImageRecord.Subgroups subgroups = records.get(i).subgroups();
            if (subgroups != null) {
                subgroups
                        .known()
                        .forEach((attribute, value) ->
                                values.computeIfAbsent(attribute, absent -> new String[records.size()])[image] =
                                        value.intern());
            }
        }
        return values;
    }
}
