package org.rtda.evaluator;

import java.util.OptionalInt;
import org.rtda.contracts.DatasetManifest;

/** The label that means no disease. */
final class HealthyClass {
    private HealthyClass() {}

    static OptionalInt of(DatasetManifest manifest) {
        return of(manifest.healthyClass(), manifest.classes().size());
    }

    /** @param declared as a manifest has it: null for label 0 of two classes, and for none of more */
    static OptionalInt of(Integer declared, int classes) {
        if (declared != null) {
            return OptionalInt.of(declared);
        }
        return classes == 2 ? OptionalInt.of(0) : OptionalInt.empty();
    }
}
