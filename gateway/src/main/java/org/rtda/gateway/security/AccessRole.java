package org.rtda.gateway.security;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import org.rtda.contracts.check.InvalidFieldException;

/** What somebody may do. Each role may do what those before it may; the policies in {@code application.properties} say so. */
public enum AccessRole {
    /** Reads everything: experiments, figures, reports, models, data sets. */
    VIEWER,
    /** Also submits, evaluates, cancels, describes and imports. */
    OPERATOR,
    /** Also deletes, rebuilds the read model, and makes and revokes tokens. */
    OWNER;

    /** As it is written in requests, settings and the database. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** @throws InvalidFieldException naming the field, when the label is none of the three */
    public static AccessRole of(String field, String label) {
        return Arrays.stream(values())
                .filter(role -> role.label().equals(label))
                .findFirst()
                .orElseThrow(() -> new InvalidFieldException(field, label, "one of " + labels()));
    }

    private static List<String> labels() {
        return Arrays.stream(values()).map(AccessRole::label).toList();
    }

    /** The strongest of those named; nothing where none is a role. */
    static String strongest(Collection<String> labels) {
        return Arrays.stream(values())
                .filter(role -> labels.contains(role.label()))
                .reduce((weaker, stronger) -> stronger)
                .map(AccessRole::label)
                .orElse("no role");
    }
}
