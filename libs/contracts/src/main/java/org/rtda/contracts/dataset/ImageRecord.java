package org.rtda.contracts.dataset;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Where one image of a data set comes from and which subgroups it belongs to. It holds no identity: people appear as keyed
 * hashes, ages as bands.
 *
 * @param sourceSha256 of the file that it was read from; null where it came in an array
 * @param file the file's name below what was imported, where its owner had names kept, else a keyed hash of it; null likewise
 * @param patient keyed hash of the patient's identifier; null where nobody said whose image it is
 * @param subgroups what is said of the image; null where nothing is
 */
public record ImageRecord(String sourceSha256, String file, String patient, Subgroups subgroups) {

    /**
     * Null for what is not said.
     *
     * @param site hospital or department
     * @param scanner manufacturer and model
     * @param sex {@code F}, {@code M} or {@code O}
     * @param ageBand {@code 0-19}, {@code 20-39}, {@code 40-59}, {@code 60-79} or {@code 80+}, in years
     * @param laterality {@code L}, {@code R} or {@code B}
     * @param view for example {@code MLO} or {@code PA}
     */
    public record Subgroups(String site, String scanner, String sex, String ageBand, String laterality, String view) {
        /** How many different values of an attribute a data set may have, so that figures by subgroup stay readable. */
        public static final int MOST_VALUES = 64;

        /** Characters of a value, which heads a row of every table by subgroup. DICOM gives manufacturer and model 64 each. */
        public static final int LONGEST_VALUE = 160;

        /** What is said, by attribute. */
        public Map<String, String> known() {
            Map<String, String> known = new LinkedHashMap<>();
            put(known, "site", site);
            put(known, "scanner", scanner);
            put(known, "sex", sex);
            put(known, "ageBand", ageBand);
            put(known, "laterality", laterality);
            put(known, "view", view);
            return known;
        }

        private static void put(Map<String, String> known, String attribute, String value) {
            if (value != null) {
                known.put(attribute, value);
            }
        }
    }
}
