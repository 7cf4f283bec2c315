package org.rtda.store;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Address, bucket and keys of an S3 store.
 *
 * @param endpoint for example {@code http://localhost:9000}
 * @param bucket 3 to 63 of a-z, 0-9, '.' and '-'; created when absent
 * @param secretKey never shown by {@link #toString}
 * @param region null or blank means {@code us-east-1}
 * @param trustedCertificates PEM file with the certificates that the store's is signed by, and no other is trusted; null means those that
 *     the JVM trusts
 */
public record MinioSettings(
        String endpoint, String bucket, String accessKey, String secretKey, String region, Path trustedCertificates) {
    private static final Pattern BUCKET = Pattern.compile("[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]");

    public MinioSettings {
        if (!isHttp(endpoint)) {
            throw new IllegalArgumentException(
                    "store endpoint must be an address such as http://localhost:9000, was " + endpoint);
        }
        if (bucket == null || !BUCKET.matcher(bucket).matches()) {
            throw new IllegalArgumentException(
                    "store bucket must be 3 to 63 of a-z, 0-9, '.' and '-', beginning and ending with a letter or digit,"
                            + " was " + bucket);
        }
        if (accessKey == null || accessKey.isBlank()) {
            throw new IllegalArgumentException("store access key must be present");
        }
        if (secretKey == null || secretKey.isBlank()) {
            throw new IllegalArgumentException("store secret key must be present");
        }
        region = region == null || region.isBlank() ? "us-east-1" : region;
    }

    /** What a service's configuration says of its store; {@link MinioSettings} says which values are allowed. */
    public interface Configured {
        String endpoint();

        String bucket();

        String accessKey();

        String secretKey();

        String region();

        /** PEM file with the certificates that the store's is signed by, and no other is trusted; those that the JVM trusts where it is absent. */
        Optional<String> trustedCertificates();
    }

    public static MinioSettings of(Configured store) {
        return new MinioSettings(
                store.endpoint(),
                store.bucket(),
                store.accessKey(),
                store.secretKey(),
                store.region(),
                store.trustedCertificates().map(Path::of).orElse(null));
    }

    /** Of a store without TLS, or with a certificate that the JVM trusts. */
    public MinioSettings(String endpoint, String bucket, String accessKey, String secretKey, String region) {
        this(endpoint, bucket, accessKey, secretKey, region, null);
    }

    private static boolean isHttp(String endpoint) {
        if (endpoint == null) {
            return false;
        }
        try {
            URI address = new URI(endpoint);
            String scheme =
                    address.getScheme() == null ? "" : address.getScheme().toLowerCase(Locale.ROOT);
            return (scheme.equals("http") || scheme.equals("https"))
                    && address.getHost() != null
                    && address.getUserInfo() == null;
        } catch (URISyntaxException e) {
            return false;
        }
    }

    @Override
    public String toString() {
        return "MinioSettings[" + bucket + " at " + endpoint + " in " + region + "]";
    }
}
