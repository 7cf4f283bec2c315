package org.rtda.preparation;

import java.util.List;
import java.util.Map;
import org.rtda.imaging.ReadOptions;
import org.rtda.imaging.prepare.ImagePreparation;
import org.rtda.imaging.source.OptionNames;
import org.rtda.imaging.source.SourceOptions;
import org.rtda.imaging.split.SplitShares;

/**
 * How files become a data set.
 *
 * @param reading how each file is read and which it is
 * @param preparation of the pixels
 * @param labels how labels become classes
 * @param division into splits
 * @param keepNames whether the names of the files go with the images, in place of keyed hashes
 */
public record ImageSettings(
        Reading reading, ImagePreparation preparation, Labels labels, Division division, boolean keepNames) {

    /** What messages call options. */
    OptionNames names() {
        return reading.source().names();
    }

    /**
     * @param source how folders, tables and archives are looked through
     * @param options of every file; the key of the patients' hashes is added to them
     * @param window as it was asked for; null for each file's own
     */
    public record Reading(SourceOptions source, ReadOptions options, String window) {}

    /**
     * @param map classes by label as the files have it; blank leaves the label out
     * @param classes in the order of the labels; empty for sorted
     */
    public record Labels(Map<String, String> map, List<String> classes) {}

    /**
     * @param shares null where nobody asks for a split to be drawn
     * @param seed of the draw
     */
    public record Division(SplitShares shares, long seed) {
        SplitShares sharesOrDefault() {
            return shares == null ? SplitShares.DEFAULT : shares;
        }
    }
}
