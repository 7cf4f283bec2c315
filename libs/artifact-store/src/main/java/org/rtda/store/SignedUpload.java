package org.rtda.store;

import io.minio.GetPresignedObjectUrlArgs;
import io.minio.MinioClient;
import io.minio.Xml;
import io.minio.errors.ErrorResponseException;
import io.minio.errors.InvalidResponseException;
import io.minio.errors.MinioException;
import io.minio.errors.ServerException;
import io.minio.http.Method;
import io.minio.messages.ErrorResponse;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okio.BufferedSink;
import org.rtda.contracts.dataset.ObjectRef;

/**
 * Writes objects to addresses that are signed beforehand. Such a signature does not cover the content, as the MinIO client's own does
 * not over TLS. So the content can be sent while it is made; over plain HTTP, the client would hold all of it and hash it first.
 */
final class SignedUpload {
    /** As far as the clocks of client and store may differ for S3's other signatures. */
    private static final int VALID_MINUTES = 15;

    private static final MediaType BYTES = MediaType.get("application/octet-stream");
    private static final int SERVER_ERRORS = 500;

    private final MinioClient client;
    private final OkHttpClient http;
    private final String bucket;

    /** @param client signs, with its own keys and without asking the store */
    SignedUpload(MinioClient client, OkHttpClient http, String bucket) {
        this.client = client;
        this.http = http;
        this.bucket = bucket;
    }

    /** @throws Exception one of those that the MinIO client throws, so that both are explained in one place */
    ObjectRef write(String key, long sizeBytes, ContentWriter writer) throws Exception {
        String address = client.getPresignedObjectUrl(GetPresignedObjectUrlArgs.builder()
                .method(Method.PUT)
                .bucket(bucket)
                .object(key)
                .expiry(VALID_MINUTES, TimeUnit.MINUTES)
                .build());
        Body body = new Body(key, sizeBytes, writer);
        Request request = new Request.Builder().url(address).put(body).build();
        try (Response answer = http.newCall(request).execute()) {
            if (!answer.isSuccessful()) {
                throw failure(answer);
            }
        }
        return body.written;
    }

    private static MinioException failure(Response answer) throws IOException, MinioException {
        String type = answer.header("Content-Type", "");
        if (type.startsWith("application/xml") || type.startsWith("text/xml")) {
            String document = answer.body().string();
            return new ErrorResponseException(Xml.unmarshal(ErrorResponse.class, document), answer, "");
        }
        return answer.code() >= SERVER_ERRORS
                ? new ServerException("HTTP status " + answer.code(), answer.code(), "")
                : new InvalidResponseException(answer.code(), type, "", "");
    }

    private static final class Body extends RequestBody {
        private final String key;
        private final long sizeBytes;
        private final ContentWriter writer;

        /** Of what was sent last: the client may send again where a connection was closed. */
        private ObjectRef written;

        private Body(String key, long sizeBytes, ContentWriter writer) {
            this.key = key;
            this.sizeBytes = sizeBytes;
            this.writer = writer;
        }

        @Override
        public MediaType contentType() {
            return BYTES;
        }

        @Override
        public long contentLength() {
            return sizeBytes;
        }

        @Override
        public void writeTo(BufferedSink sink) throws IOException {
            written = Content.write(writer, key, sizeBytes, sink.outputStream());
        }
    }
}
