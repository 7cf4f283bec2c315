package org.rtda.store.http;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;

/** How the store is spoken to: time limits, and whose certificate is trusted. */
public final class StoreHttp {
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
    private static final Duration SILENCE_TIMEOUT = Duration.ofSeconds(30);

    private StoreHttp() {}

    /**
     * A client of its own, which whoever uses it closes.
     *
     * @param trustedCertificates PEM file with the authorities of the store's certificate; null for those that the JVM trusts
     * @throws IllegalArgumentException when the file of trusted certificates cannot be read
     */
    public static OkHttpClient client(Path trustedCertificates) {
        OkHttpClient.Builder client = new OkHttpClient.Builder()
                .connectTimeout(CONNECT_TIMEOUT)
                .readTimeout(SILENCE_TIMEOUT)
                .writeTimeout(SILENCE_TIMEOUT)
                .socketFactory(new UndelayedSockets())
                .protocols(List.of(Protocol.HTTP_1_1));
        if (trustedCertificates != null) {
            trust(client, trustedCertificates);
        }
        return client.build();
    }

    private static void trust(OkHttpClient.Builder client, Path pem) {
        try {
            X509TrustManager manager = manager(pem);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {manager}, null);
            client.sslSocketFactory(context.getSocketFactory(), manager);
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalArgumentException(
                    "rtda.store.trusted-certificates must name a PEM file with certificates, was " + pem + ": " + e, e);
        }
    }

    private static X509TrustManager manager(Path pem) throws GeneralSecurityException, IOException {
        KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
        trusted.load(null, null);
        int number = 0;
        for (Certificate certificate : certificates(pem)) {
            trusted.setCertificateEntry("trusted-" + number++, certificate);
        }
        if (number == 0) {
            throw new IOException("there is no certificate in it");
        }
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(trusted);
        return (X509TrustManager) factory.getTrustManagers()[0];
    }

    private static Collection<? extends Certificate> certificates(Path pem)
            throws GeneralSecurityException, IOException {
        try (InputStream file = Files.newInputStream(pem)) {
            return CertificateFactory.getInstance("X.509").generateCertificates(file);
        }
    }
}
