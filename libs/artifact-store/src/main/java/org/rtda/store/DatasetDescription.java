package org.rtda.store;

import java.util.List;
import org.rtda.contracts.check.Check;
import org.rtda.contracts.check.KnownNames;
import org.rtda.contracts.dataset.PreparedImages;

/**
 * What is said of a data set beside its pixels. Null for what is not said.
 *
 * @param classes names by label; empty names them by their numbers
 * @param modality one of {@link KnownNames#MODALITIES}, by which corruptions are chosen
 * @param healthyClass name or label of the class that means no disease
 * @param provenance where the images come from
 * @param licence for example {@code CC BY 4.0}
 * @param prepared where each image comes from, and which subgroups it belongs to
 */
public record DatasetDescription(
        List<String> classes,
        String modality,
        String healthyClass,
        String provenance,
        String licence,
        PreparedImages prepared) {

    public DatasetDescription {
        classes = List.copyOf(classes);
        if (modality != null) {
            Check.oneOf("modality", modality, KnownNames.MODALITIES);
        }
        Check.present("provenance", provenance);
        Check.present("licence", licence);
    }

    /** Of images of which nothing else is said. */
    public static DatasetDescription of(String provenance, String licence) {
        return new DatasetDescription(List.of(), null, null, provenance, licence, null);
    }

    public DatasetDescription withClasses(List<String> names) {
        return new DatasetDescription(names, modality, healthyClass, provenance, licence, prepared);
    }

    public DatasetDescription withModality(String known) {
        return new DatasetDescription(classes, known, healthyClass, provenance, licence, prepared);
    }

    public DatasetDescription withHealthyClass(String nameOrLabel) {
        return new DatasetDescription(classes, modality, nameOrLabel, provenance, licence, prepared);
    }

    public DatasetDescription withPrepared(PreparedImages images) {
        return new DatasetDescription(classes, modality, healthyClass, provenance, licence, images);
    }
}
