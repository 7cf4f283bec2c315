package org.rtda.evaluator;

import java.util.OptionalInt;
import org.rtda.contracts.DatasetManifest;

/** The label that means no disease. */
final class HealthyClass {
    private HealthyClass() {}

    /** As the manifest has it: where it names none, label 0 of two classes and none of more. */
    static OptionalInt of(DatasetManifest manifest) {
        if (manifest.healthyClass() != null) {
            return OptionalInt.of(manifest.healthyClass());
        }
        return manifest.classes().size() == 2 ? OptionalInt.of(0) : OptionalInt.empty();
    }
}
