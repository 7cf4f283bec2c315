package org.rtda.store;

import io.minio.BucketExistsArgs;
import io.minio.GetObjectArgs;
import io.minio.GetObjectResponse;
import io.minio.ListObjectsArgs;
import io.minio.MakeBucketArgs;
import io.minio.MinioClient;
import io.minio.PutObjectArgs;
import io.minio.RemoveObjectArgs;
import io.minio.Result;
import io.minio.messages.Item;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import okhttp3.OkHttpClient;
import org.rtda.contracts.dataset.ObjectRef;
import org.rtda.store.http.StoreHttp;

/**
 * A bucket of an S3 store (MinIO, or another that speaks S3). {@link #put} writes objects up to 64 MiB in one request, and the store
 * checks their SHA-256; {@link #write} writes objects up to 5 GiB in one request, which the store does not check. Connecting may take 5 seconds, and 30 seconds may pass without a byte, before the store counts as unavailable. The caller closes it.
 */
public final class MinioArtifactStore implements ArtifactStore, AutoCloseable {
    private static final long PART_BYTES = 64L << 20;

    /** Objects are read into one array. */
    private static final int LARGEST_ARRAY = Integer.MAX_VALUE - 8;

    private static final Set<String> ALREADY_CREATED = Set.of("BucketAlreadyOwnedByYou", "BucketAlreadyExists");

    private final MinioSettings settings;
    private final MinioFailures failures;
    private final MinioClient client;
    private final SignedUpload upload;

    /**
     * Enters the store and creates the bucket when it is absent.
     *
     * @throws ArtifactStoreUnavailableException when the store is down or refuses the keys
     */
    public MinioArtifactStore(MinioSettings settings) {
        this.settings = settings;
        this.failures = new MinioFailures(settings);
        OkHttpClient http = StoreHttp.client(settings.trustedCertificates());
        this.client = MinioClient.builder()
                .endpoint(settings.endpoint())
                .region(settings.region())
                .credentials(settings.accessKey(), settings.secretKey())
                .httpClient(http, true)
                .build();
        this.upload = new SignedUpload(client, http, settings.bucket());
        try {
            createBucketWhenAbsent();
        } catch (ArtifactException e) {
            close();
            throw e;
        }
    }

    /**
     * Enters the store like the constructor, and waits for it while it is out of reach: a service may start before its store.
     *
     * @param patience how long to wait
     * @throws ArtifactStoreUnavailableException when the store is out of reach for longer, or refuses the keys
     */
    public static MinioArtifactStore await(MinioSettings settings, Duration patience) {
        return new StoreRetry(patience).entering(() -> new MinioArtifactStore(settings));
    }

    private void createBucketWhenAbsent() {
        String bucket = settings.bucket();
        boolean there = call(() ->
                client.bucketExists(BucketExistsArgs.builder().bucket(bucket).build()));
        if (there) {
            return;
        }
        try {
            client.makeBucket(MakeBucketArgs.builder().bucket(bucket).build());
        } catch (Exception e) {
            if (!ALREADY_CREATED.contains(MinioFailures.codeOf(e))) {
                throw failures.unavailable(e);
            }
        }
    }

    @Override
    public ObjectRef put(String key, byte[] content) {
        String checked = Content.checkedKey(key);
        call(() -> client.putObject(PutObjectArgs.builder().bucket(settings.bucket()).object(checked).stream(
                        new ByteArrayInputStream(content), content.length, PART_BYTES)
                .contentType("application/octet-stream")
                .build()));
        return Content.refOf(key, content);
    }

    @Override
    public ObjectRef write(String key, long sizeBytes, ContentWriter writer) {
        String checked = Content.checkedKey(key);
        try {
            return upload.write(checked, sizeBytes, writer);
        } catch (RuntimeException e) {
            // the writer's, which would fail each time
            throw e;
        } catch (Exception e) {
            throw failures.unavailable(e);
        }
    }

    @Override
    public byte[] get(ObjectRef ref) {
        // one byte more tells an object that is longer, however much longer it is
        byte[] content = bytes(ref.key(), Math.min(ref.sizeBytes(), LARGEST_ARRAY - 1) + 1)
                .orElseThrow(() -> new ArtifactMissingException(ref.key()));
        return Content.verified(ref, content);
    }

    @Override
    public <T> T read(ObjectRef ref, ContentReader<T> reader) {
        try (GetObjectResponse content = opened(ref.key(), wanted(ref.key()).build())) {
            OptionalLong length = ResponseBytes.length(content);
            if (length.isPresent() && length.getAsLong() != ref.sizeBytes()) {
                // a reader takes as much memory as the reference says that there are bytes
                throw new ArtifactCorruptException(
                        ref.key(), ref.sizeBytes() + " bytes", length.getAsLong() + " bytes");
            }
            return Content.read(ref, content, reader);
        } catch (IOException e) {
            throw failures.unavailable(e);
        }
    }

    @Override
    public void verify(ObjectRef ref) {
        try (InputStream content = opened(ref.key(), wanted(ref.key()).build())) {
            Content.verify(ref, content);
        } catch (IOException e) {
            throw failures.unavailable(e);
        }
    }

    @Override
    public InputStream open(ObjectRef ref, long from, long length) {
        return opened(ref.key(), wanted(ref.key()).offset(from).length(length).build());
    }

    @Override
    public Optional<byte[]> find(String key) {
        return bytes(key, LARGEST_ARRAY);
    }

    private Optional<byte[]> bytes(String key, long most) {
        try (GetObjectResponse content = client.getObject(wanted(key).build())) {
            return Optional.of(ResponseBytes.read(content, ResponseBytes.length(content), (int) most));
        } catch (Exception e) {
            if (isMissing(e)) {
                return Optional.empty();
            }
            throw failures.unavailable(e);
        }
    }

    private GetObjectResponse opened(String key, GetObjectArgs wanted) {
        try {
            return client.getObject(wanted);
        } catch (Exception e) {
            throw isMissing(e) ? new ArtifactMissingException(key) : failures.unavailable(e);
        }
    }

    private GetObjectArgs.Builder wanted(String key) {
        return GetObjectArgs.builder().bucket(settings.bucket()).object(Content.checkedKey(key));
    }

    private static boolean isMissing(Exception e) {
        return MinioFailures.codeOf(e).equals("NoSuchKey");
    }

    @Override
    public List<String> list(String prefix) {
        return call(() -> {
            List<String> keys = new ArrayList<>();
            for (Result<Item> found : client.listObjects(ListObjectsArgs.builder()
                    .bucket(settings.bucket())
                    .prefix(prefix)
                    .recursive(true)
                    .build())) {
                keys.add(found.get().objectName());
            }
            Collections.sort(keys);
            return List.copyOf(keys);
        });
    }

    @Override
    public void delete(String key) {
        RemoveObjectArgs unwanted = RemoveObjectArgs.builder()
                .bucket(settings.bucket())
                .object(Content.checkedKey(key))
                .build();
        try {
            client.removeObject(unwanted);
        } catch (Exception e) {
            if (!isMissing(e)) {
                throw failures.unavailable(e);
            }
        }
    }

    @Override
    public void close() {
        call(() -> {
            client.close();
            return null;
        });
    }

    @Override
    public String toString() {
        return "MinioArtifactStore[" + settings.bucket() + " at " + settings.endpoint() + "]";
    }

    private <T> T call(Operation<T> operation) {
        try {
            return operation.run();
        } catch (Exception e) {
            throw failures.unavailable(e);
        }
    }

    private interface Operation<T> {
        /** The client's nine declared exceptions, of which {@link MinioFailures} makes one. */
        T run() throws Exception;
    }
}
