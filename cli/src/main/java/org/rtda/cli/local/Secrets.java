package org.rtda.cli.local;

import java.security.SecureRandom;
import java.util.HexFormat;

/** The key pair of one stack's store, drawn once. */
record Secrets(String accessKey, String secretKey) {
    static Secrets random() {
        SecureRandom random = new SecureRandom();
        return new Secrets("rtda-" + hex(random, 6), hex(random, 24));
    }

    /** Without the secret. */
    @Override
    public String toString() {
        return "Secrets[" + accessKey + "]";
    }

    private static String hex(SecureRandom random, int bytes) {
        byte[] drawn = new byte[bytes];
        random.nextBytes(drawn);
        return HexFormat.of().formatHex(drawn);
    }
}
