package org.rtda.imaging.split;

import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** Patients and the splits their images are in. */
public final class SharedPatients {
    private SharedPatients() {}

    /**
     * How many patients have images in more than one split.
     *
     * @param splits one an image
     * @param patients one an image; null where nobody said whose it is
     */
    public static int count(Split[] splits, String[] patients) {
        Map<String, Set<Split>> found = new HashMap<>();
        for (int i = 0; i < splits.length; i++) {
            if (patients[i] != null) {
                found.computeIfAbsent(patients[i], patient -> EnumSet.noneOf(Split.class))
                        .add(splits[i]);
            }
        }
        return (int) found.values().stream().filter(in -> in.size() > 1).count();
    }
}
