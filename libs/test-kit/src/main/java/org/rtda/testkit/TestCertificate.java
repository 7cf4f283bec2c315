package org.rtda.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Arrays;
import java.util.Base64;
import java.util.stream.Stream;

/** A certificate of 127.0.0.1 and localhost that signs itself and is valid for a day, and its key. */
public final class TestCertificate {
    /** Of the keystore. */
    public static final String PASSWORD = "of-a-test";

    private static final String ALIAS = "server";

    private final Path folder;

    private TestCertificate(Path folder) {
        this.folder = folder;
    }

    /** Made by the JDK's keytool. @param folder is made, and must not be there */
    public static TestCertificate make(Path folder) {
        try {
            Files.createDirectory(folder);
            TestCertificate made = new TestCertificate(folder);
            String keystore = made.keystore().toString();
            keytool(
                    "-genkeypair -keyalg EC -groupname secp256r1 -validity 1 -dname CN=localhost -ext san=ip:127.0.0.1,dns:localhost -storetype PKCS12",
                    keystore);
            keytool("-exportcert -rfc -file " + made.trusted(), keystore);
            return made;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** PKCS#12 with the key and the certificate. */
    public Path keystore() {
        return folder.resolve("server.p12");
    }

    /** PEM file with the certificate alone, which clients trust. */
    public Path trusted() {
        return folder.resolve("public.crt");
    }

    /** Writes the key as PEM, which lies beside the certificate then. @return its file, {@code private.key} */
    public Path writeKey() {
        try {
            KeyStore keys = KeyStore.getInstance(keystore().toFile(), PASSWORD.toCharArray());
            byte[] key = keys.getKey(ALIAS, PASSWORD.toCharArray()).getEncoded();
            String text = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(key);
            return Files.writeString(
                    folder.resolve("private.key"),
                    "-----BEGIN PRIVATE KEY-----\n" + text + "\n-----END PRIVATE KEY-----\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void keytool(String arguments, String keystore) throws IOException {
        Process process = new ProcessBuilder(Stream.concat(
                                Stream.of(Path.of(System.getProperty("java.home"), "bin", "keytool")
                                        .toString()),
                                Stream.concat(
                                        Arrays.stream(arguments.split(" ")),
                                        Stream.of("-alias", ALIAS, "-keystore", keystore, "-storepass", PASSWORD)))
                        .toList())
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        try {
            if (process.waitFor() != 0) {
                throw new IllegalStateException("keytool: " + said);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for keytool", e);
        }
    }
}
