package org.rtda.store;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import org.rtda.contracts.dataset.ObjectRef;
import org.rtda.contracts.dataset.Sha256;

/** Names and checks of objects, the same in every store. */
final class Content {
    private static final int LONGEST_KEY = 1024;
    private static final int BLOCK_BYTES = 64 << 10;

    private Content() {}

    static ObjectRef refOf(String key, byte[] content) {
        return new ObjectRef(key, Sha256.hex(content), content.length);
    }

    static byte[] verified(ObjectRef ref, byte[] content) {
        verify(ref, Sha256.hex(content), content.length);
        return content;
    }

    /** Reads all of it, and holds little at a time. */
    static void verify(ObjectRef ref, InputStream content) throws IOException {
        MessageDigest digest = Sha256.digest();
        byte[] block = new byte[BLOCK_BYTES];
        long size = 0;
        for (int read = content.read(block); read >= 0; read = content.read(block)) {
            digest.update(block, 0, read);
            size += read;
        }
        verify(ref, HexFormat.of().formatHex(digest.digest()), size);
    }

    private static void verify(ObjectRef ref, String sha256, long sizeBytes) {
        if (!sha256.equals(ref.sha256()) || sizeBytes != ref.sizeBytes()) {
            throw new ArtifactCorruptException(
                    ref.key(),
                    "sha256 " + ref.sha256() + " (" + ref.sizeBytes() + " bytes)",
                    sizeBytes > ref.sizeBytes() ? "more bytes" : "sha256 " + sha256 + " (" + sizeBytes + " bytes)");
        }
    }

    static String checkedKey(String key) {
        int length = key.getBytes(StandardCharsets.UTF_8).length;
        boolean fits = length >= 1 && length <= LONGEST_KEY;
        for (String part : key.split("/", -1)) {
            fits = fits && !part.isEmpty() && !part.equals(".") && !part.equals("..");
        }
        if (!fits) {
            throw new IllegalArgumentException("a key must be 1 to " + LONGEST_KEY
                    + " bytes in parts separated by '/', none of them empty, '.' or '..', was '" + key + "'");
        }
        return key;
    }
}
