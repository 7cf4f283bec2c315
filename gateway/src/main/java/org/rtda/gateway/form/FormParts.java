package org.rtda.gateway.form;

import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jboss.resteasy.reactive.RestForm;
import org.jboss.resteasy.reactive.multipart.FileUpload;
import org.rtda.gateway.problem.ProblemException;

/**
 * Checks the parts of one form: whether its operation has a part of that name, and how often. The framework leaves out a part that nobody
 * asks for, and takes the first of two: a misspelt field would count as one that is absent.
 */
final class FormParts implements Consumer<PartHeaders> {
    private enum Kind {
        TEXT,
        TEXTS,
        FILE
    }

    private final Map<String, Kind> known;
    /** Whether the operation takes all files and looks at their names itself. */
    private final boolean anyFile;

    private final Set<String> seen = new HashSet<>();

    private FormParts(Map<String, Kind> known, boolean anyFile) {
        this.known = known;
        this.anyFile = anyFile;
    }

    /** @param operation a method of a resource that takes a form, as parameters or as the fields of one */
    static FormParts of(Method operation) {
        Map<String, Kind> known = new LinkedHashMap<>();
        boolean anyFile = false;
        for (Parameter parameter : operation.getParameters()) {
            if (parameter.isAnnotationPresent(RestForm.class)) {
                anyFile |=
                        add(known, parameter.getAnnotation(RestForm.class), parameter.getName(), parameter.getType());
            }
            for (Field field : parameter.getType().getDeclaredFields()) {
                if (field.isAnnotationPresent(RestForm.class)) {
                    anyFile |= add(known, field.getAnnotation(RestForm.class), field.getName(), field.getType());
                }
            }
        }
        return new FormParts(known, anyFile);
    }

    /** Whether it is the one that stands for all files. */
    private static boolean add(Map<String, Kind> known, RestForm form, String javaName, Class<?> type) {
        if (form.value().equals(FileUpload.ALL)) {
            return true;
        }
        String name = form.value().isEmpty() ? javaName : form.value();
        known.put(name, type == FileUpload.class ? Kind.FILE : type == List.class ? Kind.TEXTS : Kind.TEXT);
        return false;
    }

    /**
     * The next part.
     *
     * @throws ProblemException 400 when the form may not have it
     */
    @Override
    public void accept(PartHeaders part) {
        Kind kind = known.get(part.name());
        if (part.isFile() && anyFile && kind == null) {
            return;
        }
        if (kind == null || part.isFile() != (kind == Kind.FILE)) {
            throw ProblemException.badPart(
                    part.name(), "the form has no " + (part.isFile() ? "file " : "field ") + part.name(), taken(part));
        }
        if (!seen.add(part.name()) && kind != Kind.TEXTS) {
            throw ProblemException.badPart(part.name(), "the form has " + part.name() + " twice", "give it once");
        }
    }

    private String taken(PartHeaders refused) {
        String files = names(true);
        String fields = names(false);
        if (refused.isFile()) {
            return files.isEmpty() ? "it takes text there, without a file name" : "its files are " + files;
        }
        return fields.isEmpty() ? "it takes files only, each with a file name: " + files : "its fields are " + fields;
    }

    private String names(boolean files) {
        return known.entrySet().stream()
                .filter(entry -> (entry.getValue() == Kind.FILE) == files)
                .map(Map.Entry::getKey)
                .collect(Collectors.joining(", "));
    }
}
