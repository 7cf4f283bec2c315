package org.rtda.gateway.asyncapi;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Describes in words which values a field may have. */
final class FieldLimits {
    /** By the document's keyword; %s is its value. */
    private static final Map<String, String> WORDS = new LinkedHashMap<>();

    static {
        WORDS.put("minimum", "at least %s");
        WORDS.put("exclusiveMinimum", "above %s");
        WORDS.put("maximum", "at most %s");
        WORDS.put("exclusiveMaximum", "below %s");
        WORDS.put("minLength", "at least %s characters");
        WORDS.put("maxLength", "at most %s characters");
        WORDS.put("minItems", "at least %s entries");
        WORDS.put("maxItems", "at most %s entries");
        WORDS.put("pattern", "matches %s");
    }

    private FieldLimits() {}

    /** Empty where every value of the type is allowed. */
    static String inWords(Map<String, Object> schema) {
        List<String> limits = new ArrayList<>();
        WORDS.forEach((keyword, words) -> {
            if (schema.containsKey(keyword)) {
                limits.add(String.format(words, schema.get(keyword)));
            }
        });
        if (Boolean.TRUE.equals(schema.get("uniqueItems"))) {
            limits.add("no entry twice");
        }
        if (schema.containsKey("const")) {
            limits.add("always " + schema.get("const"));
        }
        if (schema.get("enum") instanceof List<?> values) {
            limits.add("one of " + values.stream().map(String::valueOf).collect(Collectors.joining(", ")));
        }
        for (String entries : List.of("items", "additionalProperties")) {
            String ofEntries = schema.containsKey(entries) ? inWords(AsyncApiDocument.map(schema.get(entries))) : "";
            if (!ofEntries.isEmpty()) {
                limits.add("each entry " + ofEntries);
            }
        }
        return String.join("; ", limits);
    }
}
