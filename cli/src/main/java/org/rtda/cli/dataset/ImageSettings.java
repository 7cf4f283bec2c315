package org.rtda.cli.dataset;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.rtda.imaging.ReadOptions;
import org.rtda.imaging.prepare.ImagePreparation;
import org.rtda.imaging.source.PatientPattern;
import org.rtda.imaging.source.TableOptions;
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

    /**
     * @param root folder that a table's files lie in; null for the table's own
     * @param patients where patients are found in paths; null for nowhere
     * @param options of every file, with the key of the patients' hashes
     * @param window as it was asked for; null for each file's own
     */
    public record Reading(Path root, TableOptions table, PatientPattern patients, ReadOptions options, String window) {}

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
