package org.rtda.store;

import io.minio.errors.ErrorResponseException;
import io.minio.errors.InvalidResponseException;
import io.minio.errors.ServerException;
import io.minio.errors.XmlParserException;
import java.io.IOException;
import java.util.Map;
import java.util.Set;

/** Says in a sentence why the store did not serve, and what to do. The secret key is never part of it. */
final class MinioFailures {
    private static final String KEYS_ADVICE = "; check rtda.store.access-key and rtda.store.secret-key";
    private static final String DISK_ADVICE = "; free space on its disk, or delete data that is not needed";
    private static final int INSUFFICIENT_STORAGE = 507;
    private static final Set<String> OF_KEYS = Set.of("AccessDenied", "InvalidAccessKeyId", "SignatureDoesNotMatch");

    private static final Map<String, String> BY_CODE = Map.of(
            "AccessDenied", "refuses access" + KEYS_ADVICE + ", and what their account may do",
            "InvalidAccessKeyId", "does not know the access key" + KEYS_ADVICE,
            "SignatureDoesNotMatch", "refuses the secret key" + KEYS_ADVICE,
            "RequestTimeTooSkewed", "refuses the request's time; set the clocks of both machines",
            "NoSuchBucket", "has lost the bucket; start the service again to create it, and import the data again",
            "XMinioStorageFull", "is full" + DISK_ADVICE,
            "InsufficientStorage", "is full" + DISK_ADVICE,
            "SlowDown", "is overloaded; try again later");

    private final MinioSettings settings;

    MinioFailures(MinioSettings settings) {
        this.settings = settings;
    }

    /** The store's own code for the failure, for example {@code NoSuchKey}; empty when it gave none. */
    static String codeOf(Exception failure) {
        if (failure instanceof ErrorResponseException answered
                && answered.errorResponse().code() != null) {
            return answered.errorResponse().code();
        }
        return "";
    }

    ArtifactStoreUnavailableException unavailable(Exception failure) {
        if (failure.getCause() instanceof InterruptedException) {
            Thread.currentThread().interrupt();
        }
        String store = "the store at " + settings.endpoint() + " (bucket " + settings.bucket() + ") ";
        return new ArtifactStoreUnavailableException(
                store + reason(failure), failure, OF_KEYS.contains(codeOf(failure)));
    }

    private static String reason(Exception failure) {
        if (failure instanceof ErrorResponseException answered) {
            String code = codeOf(failure);
            return BY_CODE.getOrDefault(
                    code, "answers " + code + ": " + answered.errorResponse().message());
        }
        if (failure instanceof ServerException server) {
            return server.statusCode() == INSUFFICIENT_STORAGE
                    ? BY_CODE.get("InsufficientStorage")
                    : "fails with HTTP status " + server.statusCode() + "; see its log";
        }
        if (failure instanceof InvalidResponseException || failure instanceof XmlParserException) {
            return "does not answer as an S3 store does; check rtda.store.endpoint";
        }
        if (failure instanceof IOException) {
            return "cannot be reached (" + failure + "); is it running, and is rtda.store.endpoint right?";
        }
        if (failure.getCause() instanceof InterruptedException) {
            return "was not waited for: the thread was interrupted";
        }
        return "did not serve the request: " + failure;
    }
}
