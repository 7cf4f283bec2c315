package org.rtda.cli.benchmark.grid;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import org.rtda.contracts.EventCodec;
import org.rtda.contracts.dataset.DatasetManifest;

/** SHA-256 of the JSON of values, in hexadecimal: equal for equal values. */
public final class Fingerprint {
    private Fingerprint() {}

    public static String of(Object... values) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(EventCodec.write(List.of(values))));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** Of the images, labels and class names: the same however often and whenever they are imported. */
    public static String of(DatasetManifest manifest) {
        return of(manifest.channels(), manifest.height(), manifest.width(), manifest.classes(), manifest.splits());
    }
}
