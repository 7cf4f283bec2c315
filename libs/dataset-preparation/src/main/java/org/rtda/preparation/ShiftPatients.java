package org.rtda.preparation;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;

/** Patients of an external test set who have images in the main set, too: on their images it is no test of new patients. */
final class ShiftPatients {
    private ShiftPatients() {}

    /**
     * By label: how many there are; without the sets that share none.
     *
     * @param own patients of the main set's images, null where nobody says
     * @param shifts by label, likewise
     */
    static Map<String, Integer> shared(List<String> own, Map<String, List<String>> shifts) {
        Set<String> known = new HashSet<>(own);
        Map<String, Integer> shared = new TreeMap<>();
        shifts.forEach((label, patients) -> {
            int count = (int) patients.stream()
                    .filter(Objects::nonNull)
                    .distinct()
                    .filter(known::contains)
                    .count();
            if (count > 0) {
                shared.put(label, count);
            }
        });
        return shared;
    }

    static List<String> notes(Map<String, Integer> shared) {
        return shared.entrySet().stream()
                .map(shift -> shift.getValue() + " patients of the external test set " + shift.getKey()
                        + " have images in the main set, too: on these it does not test new patients")
                .toList();
    }
}
