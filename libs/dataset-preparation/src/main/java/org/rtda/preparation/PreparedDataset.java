package org.rtda.preparation;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.rtda.contracts.dataset.PreparedImages;
import org.rtda.store.npz.NpzSource;

/**
 * A data set ready to be imported. Files that were made for it lie in the folder of its preparation.
 *
 * @param npz train, val and test
 * @param shifts external test sets by label
 * @param prepared what is known of the images
 * @param classes by label; empty where nobody named them
 * @param counts images by split, for people
 * @param report what somebody should know of it
 */
public record PreparedDataset(
        Path npz,
        Map<String, NpzSource> shifts,
        PreparedImages prepared,
        List<String> classes,
        Map<String, String> counts,
        ImportReport report) {

    /**
     * Whether this is the name or the label of a class. Where nobody named the classes it cannot be known, and is not denied.
     *
     * @param nameOrLabel for example {@code normal} or {@code 0}
     */
    public boolean hasClass(String nameOrLabel) {
        boolean isLabel = nameOrLabel.matches("[0-9]{1,3}") && Integer.parseInt(nameOrLabel) < classes.size();
        return classes.isEmpty() || classes.contains(nameOrLabel) || isLabel;
    }
}
