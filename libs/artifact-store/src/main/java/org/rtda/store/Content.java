package org.rtda.store;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.rtda.contracts.dataset.ObjectRef;

/** Names and checks of objects, the same in every store. */
final class Content {
    private static final int LONGEST_KEY = 1024;

    private Content() {}

    static String sha256(byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    static ObjectRef refOf(String key, byte[] content) {
        return new ObjectRef(key, sha256(content), content.length);
    }

    static byte[] verified(ObjectRef ref, byte[] content) {
        String found = sha256(content);
        if (!found.equals(ref.sha256()) || content.length != ref.sizeBytes()) {
            throw new ArtifactCorruptException(
                    ref.key(),
                    "sha256 " + ref.sha256() + " (" + ref.sizeBytes() + " bytes)",
                    content.length > ref.sizeBytes()
                            ? "more bytes"
                            : "sha256 " + found + " (" + content.length + " bytes)");
        }
        return content;
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
