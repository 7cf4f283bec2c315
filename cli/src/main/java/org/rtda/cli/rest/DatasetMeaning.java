package org.rtda.cli.rest;

import java.util.List;

/**
 * The meaning of a data set's labels as the user gives it at import; null or empty for what is not given.
 *
 * @param classes names by label
 * @param modality one of {@link org.rtda.contracts.check.KnownNames#MODALITIES}
 * @param healthy name or label of the class that means no disease
 */
public record DatasetMeaning(List<String> classes, String modality, String healthy, String provenance, String licence) {

    /** Writes what is said into a form; what is not said is absent. */
    void addTo(Multipart form) {
        // one field for all names cannot hold a name with a comma, and only newer gateways know one field a name
        if (classes != null && classes.stream().anyMatch(name -> name.contains(","))) {
            classes.forEach(name -> form.field("class", name));
        } else {
            add(form, "classes", classes == null || classes.isEmpty() ? null : String.join(",", classes));
        }
        add(form, "modality", modality);
        add(form, "healthy", healthy);
        add(form, "provenance", provenance);
        add(form, "licence", licence);
    }

    private static void add(Multipart form, String name, String value) {
        if (value != null) {
            form.field(name, value);
        }
    }
}
