package org.rtda.cli.benchmark.grid;

import java.util.List;
import org.rtda.contracts.EventCodec;
import org.rtda.contracts.dataset.DatasetManifest;
import org.rtda.contracts.dataset.Sha256;

/** SHA-256 of the JSON of values, in hexadecimal: equal for equal values. */
public final class Fingerprint {
    private Fingerprint() {}

    public static String of(Object... values) {
        return Sha256.hex(EventCodec.write(List.of(values)));
    }

    /** Of the images, labels and class names: the same however often and whenever they are imported. */
    public static String of(DatasetManifest manifest) {
        return of(manifest.channels(), manifest.height(), manifest.width(), manifest.classes(), manifest.splits());
    }
}
