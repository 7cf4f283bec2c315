package org.rtda.gateway.rest;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jboss.resteasy.reactive.RestForm;
import org.jboss.resteasy.reactive.multipart.FileUpload;
import org.rtda.gateway.problem.ProblemException;

/** The form of an import as it arrives; {@link DatasetUpload} describes its fields. */
@Schema(hidden = true)
public class DatasetForm {
    @RestForm
    String name;

    @RestForm
    String provenance;

    @RestForm
    String licence;

    @RestForm
    String classes;

    @RestForm("class")
    List<String> eachClass;

    @RestForm
    String modality;

    @RestForm
    String healthy;

    @RestForm
    String scale;

    @RestForm
    List<String> side;

    @RestForm
    List<String> channels;

    @RestForm
    List<String> fit;

    @RestForm
    List<String> window;

    @RestForm
    List<String> frame;

    @RestForm
    List<String> split;

    @RestForm
    List<String> seed;

    @RestForm("patient-pattern")
    List<String> patientPattern;

    @RestForm("label-column")
    List<String> labelColumn;

    @RestForm
    List<String> column;

    @RestForm
    List<String> encoding;

    @RestForm
    List<String> map;

    @RestForm
    List<String> strict;

    @RestForm("allow-shared-patients")
    List<String> allowSharedPatients;

    @RestForm("allow-duplicates")
    List<String> allowDuplicates;

    @RestForm("dry-run")
    List<String> dryRun;

    @RestForm(FileUpload.ALL)
    List<FileUpload> uploads;

    /** Names by label; empty where nobody says. One field a class may hold commas; one field for all of them may not. */
    List<String> classNames() {
        boolean together = classes != null && !classes.isBlank();
        List<String> given = eachClass == null
                ? List.of()
                : eachClass.stream().map(String::strip).toList();
        if (together && !given.isEmpty()) {
            throw ProblemException.badValue("classes", classes, "absent where each class has a field named class");
        }
        return together ? Arrays.stream(classes.split(",")).map(String::strip).toList() : given;
    }

    boolean isScaled() {
        String given = emptyToNull(scale);
        if (given != null && !given.equals("true") && !given.equals("false")) {
            throw ProblemException.badValue("scale", given, "true or false");
        }
        return "true".equals(given);
    }

    /** What is said of an archive of images: values by the fields' names, without blank ones. */
    Map<String, List<String>> ofArchives() {
        Map<String, List<String>> all = new LinkedHashMap<>();
        all.put("side", side);
        all.put("channels", channels);
        all.put("fit", fit);
        all.put("window", window);
        all.put("frame", frame);
        all.put("split", split);
        all.put("seed", seed);
        all.put("patient-pattern", patientPattern);
        all.put("label-column", labelColumn);
        all.put("column", column);
        all.put("encoding", encoding);
        all.put("map", map);
        all.put("strict", strict);
        all.put("allow-shared-patients", allowSharedPatients);
        all.put("allow-duplicates", allowDuplicates);
        all.put("dry-run", dryRun);
        Map<String, List<String>> given = new LinkedHashMap<>();
        all.forEach((field, values) -> {
            List<String> said = values == null
                    ? List.of()
                    : values.stream()
                            .map(DatasetForm::emptyToNull)
                            .filter(Objects::nonNull)
                            .toList();
            if (!said.isEmpty()) {
                given.put(field, said);
            }
        });
        return given;
    }

    /** A form in a browser sends fields that were left empty. */
    static String emptyToNull(String field) {
        return field == null || field.isBlank() ? null : field.strip();
    }
}
