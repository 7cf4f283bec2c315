package org.rtda.stack;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Properties;
import org.gaul.s3proxy.AuthenticationType;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.nio2blob.FilesystemNio2BlobProviderMetadata;
import org.jclouds.ContextBuilder;
import org.jclouds.blobstore.BlobStoreContext;

/** S3 over files of one folder. */
final class ObjectStore implements AutoCloseable {
    private static final Duration ANSWER_LIMIT = Duration.ofSeconds(20);

    private final S3Proxy server;
    private final BlobStoreContext files;

    private ObjectStore(S3Proxy server, BlobStoreContext files) {
        this.server = server;
        this.files = files;
    }

    /** Returns when the store answers. */
    static ObjectStore start(Path folder, int port, String accessKey, String secretKey) {
        Properties settings = new Properties();
        settings.setProperty("jclouds.filesystem.basedir", folder.toString());
        BlobStoreContext files = ContextBuilder.newBuilder(new FilesystemNio2BlobProviderMetadata())
                .credentials(accessKey, secretKey)
                .overrides(settings)
                .build(BlobStoreContext.class);
        S3Proxy server = S3Proxy.builder()
                .blobStore(new OrderedBlobStore(files.getBlobStore(), folder))
                .endpoint(URI.create("http://" + Ports.LOOPBACK + ":" + port))
                .awsAuthentication(AuthenticationType.AWS_V4, accessKey, secretKey)
                .v4MaxNonChunkedRequestSize(256L << 20)
                .ignoreUnknownHeaders(true)
                .jettyMaxThreads(24)
                .build();
        try {
            server.start();
        } catch (Exception e) {
            throw new StackFailure("the S3 store cannot start on port " + port + ": " + e.getMessage(), e);
        }
        ObjectStore store = new ObjectStore(server, files);
        store.awaitAnswer();
        return store;
    }

    String endpoint() {
        return "http://" + Ports.LOOPBACK + ":" + server.getPort();
    }

    @Override
    public void close() {
        try {
            server.stop();
        } catch (Exception e) {
            throw new StackFailure("the S3 store did not stop cleanly: " + e.getMessage(), e);
        } finally {
            files.close();
        }
    }

    private void awaitAnswer() {
        try {
            // the JDK's old client, which needs no threads and no TLS
            HttpURLConnection connection =
                    (HttpURLConnection) URI.create(endpoint() + "/").toURL().openConnection();
            connection.setConnectTimeout((int) ANSWER_LIMIT.toMillis());
            connection.setReadTimeout((int) ANSWER_LIMIT.toMillis());
            // unsigned, so it is refused: an answer all the same
            connection.getResponseCode();
            connection.disconnect();
        } catch (IOException e) {
            throw new StackFailure("the S3 store at " + endpoint() + " does not answer: " + e.getMessage(), e);
        }
    }
}
