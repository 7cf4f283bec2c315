package org.rtda.faults;

import java.util.List;

/** The suite itself broke within the tries of a fault, for example because not even an undisturbed system works; the cause says why. */
final class BrokenOffException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient List<Tried> before;

    /** @param before the tries that had come to their end */
    BrokenOffException(List<Tried> before, Throwable cause) {
        super(cause);
        this.before = List.copyOf(before);
    }

    List<Tried> before() {
        return before;
    }
}
