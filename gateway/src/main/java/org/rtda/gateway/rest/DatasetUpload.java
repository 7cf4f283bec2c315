package org.rtda.gateway.rest;

import java.util.List;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.rtda.store.DatasetDescription;

/**
 * What is said of a data set, and its files. This is the form of an import as the API's description shows it; further file parts are
 * named {@code shift-LABEL}.
 *
 * @param name of the data set: 1 to 63 of a-z, 0-9, {@code .}, {@code _} and {@code -}, beginning with a letter or digit
 * @param licence under which the images may be used
 */
@Schema(name = "DatasetUpload")
record DatasetUpload(
        @Schema(required = true, examples = "breastmnist") String name,

        @Schema(description = "where the images come from", maxLength = DatasetDescription.LONGEST_TEXT)
        String provenance,

        @Schema(examples = "CC BY 4.0", maxLength = DatasetDescription.LONGEST_TEXT)
        String licence,

        @Schema(
                description = "class names by label, separated by commas; numbers when absent",
                examples = "malignant,normal")
        String classes,

        @Schema(
                name = "class",
                description = "instead of classes: one field for each class, in the order of the labels; a name may"
                        + " contain commas")
        List<String> eachClass,

        @Schema(
                description = "decides which corruptions an evaluation applies, and how strong they are; when absent,"
                        + " the one of a public set (known by the data set's or the file's name)",
                enumeration = {"ultrasound", "chest-xray", "mammogram", "other"})
        String modality,

        @Schema(
                description = "name or label of the class that means no disease; when absent, the one of a public"
                        + " set (known by the data set's or the file's name). Otherwise there is none: figures"
                        + " that depend on it assume label 0 of two classes, and say so",
                examples = "normal")
        String healthy,

        @Schema(
                description = "true scales float images in [0,1] to 0 to 255; otherwise images must be uint8",
                defaultValue = "false")
        boolean scale,

        @Schema(
                description = "side of the square that each image becomes, 8 to 1024. This field and the following"
                        + " ones, up to dry-run, are for ZIP archives only",
                defaultValue = "64")
        int side,

        @Schema(description = "1 for grey, 3 for colour", defaultValue = "1")
        int channels,

        @Schema(
                description = "pad adds black bars to make a square, crop keeps the middle",
                enumeration = {"pad", "crop"},
                defaultValue = "pad")
        String fit,

        @Schema(
                description = "grey values of DICOM images that become black to white, CENTRE/WIDTH or full; when"
                        + " absent, as each file says",
                examples = "40/400")
        String window,

        @Schema(description = "number of the image in files with several, from 1")
        int frame,

        @Schema(
                description =
                        "percent of train, val and test, drawn by class, each patient in one split, if the archive gives no split",
                defaultValue = "70,10,20")
        String split,

        @Schema(description = "seed with which the splits are drawn", defaultValue = "1")
        long seed,

        @Schema(
                name = "patient-pattern",
                description = "regular expression whose one group finds the patient in a file's path",
                examples = "(person\\d+)_")
        String patientPattern,

        @Schema(name = "label-column", description = "the table's column of labels", defaultValue = "label")
        String labelColumn,

        @Schema(
                description =
                        "ROLE=NAME, may be repeated: the table's column for file, patient, split, site, scanner, sex, age, laterality or view")
        List<String> column,

        @Schema(
                description = "encoding of the table; when absent, UTF-8, UTF-16 with a byte order mark, or"
                        + " Windows-1252")
        String encoding,

        @Schema(
                description = "LABEL=CLASS, may be repeated: the class of the images with this label; LABEL= leaves"
                        + " them out")
        List<String> map,

        @Schema(description = "true imports nothing if a file cannot be used", defaultValue = "false")
        boolean strict,

        @Schema(
                name = "allow-shared-patients",
                description = "true accepts given splits that share patients",
                defaultValue = "false")
        boolean allowSharedPatients,

        @Schema(
                name = "allow-duplicates",
                description = "true accepts a picture that is in two splits with two labels",
                defaultValue = "false")
        boolean allowDuplicates,

        @Schema(
                name = "dry-run",
                description = "true imports nothing: the answer has only the report",
                defaultValue = "false")
        boolean dryRun,

        @Schema(
                required = true,
                description =
                        "an NPZ file, or a ZIP archive of images: folders of classes, splits with classes in them, or images and one table",
                format = "binary",
                type = SchemaType.STRING)
        Object file,

        @Schema(
                description = "a PreparedImages document (JSON), as rtda import makes it: source, patient and subgroups"
                        + " of each image",
                format = "binary",
                type = SchemaType.STRING)
        Object prepared,

        @Schema(
                name = "shift-other-scanner",
                description = "one part named shift-LABEL for each test set from another source",
                format = "binary",
                type = SchemaType.STRING)
        Object shift) {}
