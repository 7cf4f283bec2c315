package org.rtda.cli.rest;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The meaning of a data set's labels as the user gives it at import; null or empty for what is not given.
 *
 * @param classes names by label
 * @param modality one of {@link org.rtda.contracts.check.KnownNames#MODALITIES}
 * @param healthy name or label of the class that means no disease
 */
public record DatasetMeaning(List<String> classes, String modality, String healthy, String provenance, String licence) {

    /** Of the form; what is not said is absent. */
    Map<String, String> fields() {
        Map<String, String> fields = new LinkedHashMap<>();
        put(fields, "classes", classes == null || classes.isEmpty() ? null : String.join(",", classes));
        put(fields, "modality", modality);
        put(fields, "healthy", healthy);
        put(fields, "provenance", provenance);
        put(fields, "licence", licence);
        return fields;
    }

    private static void put(Map<String, String> fields, String name, String value) {
        if (value != null) {
            fields.put(name, value);
        }
    }
}
