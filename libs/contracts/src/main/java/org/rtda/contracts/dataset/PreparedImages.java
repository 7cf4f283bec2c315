package org.rtda.contracts.dataset;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.rtda.contracts.check.Check;
import org.rtda.contracts.check.Event;

/**
 * What is known of the images of a data set beside their pixels: made where the files lie, sent with the pixels, and kept in the
 * store beside the manifest, which names it.
 *
 * @param splits by split: one record an image, in the split's order
 */
public record PreparedImages(int schemaVersion, Preparation preparation, Map<String, List<ImageRecord>> splits) {

    public PreparedImages {
        Check.inRange("schemaVersion", schemaVersion, 1, Event.SCHEMA_VERSION);
        Check.present("preparation", preparation);
        Map<String, List<ImageRecord>> copies = new LinkedHashMap<>();
        Check.present("splits", splits).forEach((split, images) -> copies.put(split, Check.copyOf(split, images)));
        splits = Check.copyOf("splits", copies);
    }

    /** Images by attribute and value, over all splits; attributes and values sorted. */
    public Map<String, Map<String, Integer>> subgroupCounts() {
        Map<String, Map<String, Integer>> counts = new TreeMap<>();
        splits.values().stream()
                .flatMap(List::stream)
                .map(ImageRecord::subgroups)
                .filter(subgroups -> subgroups != null)
                .forEach(subgroups -> subgroups.known().forEach((attribute, value) -> counts.computeIfAbsent(
                                attribute, absent -> new TreeMap<>())
                        .merge(value, 1, Integer::sum)));
        return counts;
    }
}
