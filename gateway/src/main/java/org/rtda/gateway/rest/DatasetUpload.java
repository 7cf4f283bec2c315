package org.rtda.gateway.rest;

import java.util.List;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** The form of an import as the API's description shows it; further file parts are named {@code shift-LABEL}. */
@Schema(name = "DatasetUpload")
record DatasetUpload(
        @Schema(required = true, examples = "breastmnist") String name,

        @Schema(description = "where the images come from") String provenance,

        @Schema(examples = "CC BY 4.0") String licence,

        @Schema(
                description = "class names by label, separated by commas; numbers when absent",
                examples = "malignant,normal")
        String classes,

        @Schema(
                name = "class",
                description =
                        "instead of classes: one field a class, in the order of the labels; a name may hold commas")
        List<String> eachClass,

        @Schema(
                description =
                        "chooses the corruptions' strengths; when absent what is known of a public set (by its name or"
                                + " the file's)",
                enumeration = {"ultrasound", "chest-xray", "mammogram", "other"})
        String modality,

        @Schema(
                description = "name or label of the class that means no disease; when absent what is known of a public"
                        + " set (by its name or the file's), else none: figures that depend on it then assume label"
                        + " 0 of two classes, and say so",
                examples = "normal")
        String healthy,

        @Schema(
                description = "whether float images in [0,1] become 0 to 255; without it images must be uint8",
                defaultValue = "false")
        boolean scale,

        @Schema(
                description =
                        "of a ZIP archive, as the fields from here to dry-run: side of the square that each image becomes, 8 to 1024",
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
                description =
                        "grey values of DICOM images that become black to white, CENTRE/WIDTH or full; when absent as each file says",
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
                description = "regular expression that finds the patient in a file's path by its one group",
                examples = "(person\\d+)_")
        String patientPattern,

        @Schema(name = "label-column", description = "the table's column of labels", defaultValue = "label")
        String labelColumn,

        @Schema(
                description =
                        "ROLE=NAME, may be repeated: the table's column for file, patient, split, site, scanner, sex, age, laterality or view")
        List<String> column,

        @Schema(description = "encoding of the table; when absent UTF-8, or windows-1252 if it is not UTF-8")
        String encoding,

        @Schema(
                description =
                        "LABEL=CLASS, may be repeated: the name of the class of a label; LABEL= leaves its images out")
        List<String> map,

        @Schema(description = "import nothing if a file cannot be used", defaultValue = "false")
        boolean strict,

        @Schema(
                name = "allow-shared-patients",
                description = "accept given splits that share patients",
                defaultValue = "false")
        boolean allowSharedPatients,

        @Schema(
                name = "allow-duplicates",
                description = "accept a picture that is in two splits with two labels",
                defaultValue = "false")
        boolean allowDuplicates,

        @Schema(
                name = "dry-run",
                description = "do all but import: answer with the report alone",
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
                description =
                        "a PreparedImages document (JSON): of each image its source, patient and subgroups, as rtda import makes it",
                format = "binary",
                type = SchemaType.STRING)
        Object prepared,

        @Schema(
                name = "shift-other-scanner",
                description = "one part named shift-LABEL for each external test set",
                format = "binary",
                type = SchemaType.STRING)
        Object shift) {}
