package org.rtda.access;

import java.util.Locale;

/** What an account may do with a {@link Resource}. */
enum Privilege {
    DESCRIBE,
    READ,
    WRITE,
    DELETE;

    /** The word for it in the description. */
    String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
