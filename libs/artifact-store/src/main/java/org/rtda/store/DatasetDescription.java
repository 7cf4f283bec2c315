package org.rtda.store;

import java.util.List;
import org.rtda.contracts.check.Check;
import org.rtda.contracts.check.KnownNames;
import org.rtda.contracts.dataset.PreparedImages;

/**
 * What is said of a data set beside its pixels. Null for what is not said.
 *
 * @param classes names by label, of at most {@value #LONGEST_CLASS} characters each; empty names them by their numbers
 * @param modality one of {@link KnownNames#MODALITIES}, by which corruptions are chosen
 * @param healthyClass name or label of the class that means no disease
 * @param provenance where the images come from, in at most {@value #LONGEST_TEXT} characters
 * @param licence for example {@code CC BY 4.0}, likewise
 * @param prepared where each image comes from, and which subgroups it belongs to
 */
public record DatasetDescription(
        List<String> classes,
        String modality,
        String healthyClass,
        String provenance,
        String licence,
        PreparedImages prepared) {

    /** Characters of provenance and licence: every list of data sets repeats them. */
    public static final int LONGEST_TEXT = 4000;

    /** Characters of a class name: columns of tables and keys of figures are called so. */
    public static final int LONGEST_CLASS = 100;

    public DatasetDescription {
        classes = List.copyOf(classes);
        if (modality != null) {
            Check.oneOf("modality", modality, KnownNames.MODALITIES);
        }
        Check.text("provenance", provenance, LONGEST_TEXT);
        Check.text("licence", licence, LONGEST_TEXT);
        classes.forEach(name -> Check.line("classes", name, LONGEST_CLASS));
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
