package org.rtda.testkit;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.Map;
import java.util.UUID;

/**
 * Points a {@code @QuarkusTest} at the shared {@link LocalStack}, in a bucket of its own ({@code rtda.store.bucket}). The
 * topics are the broker's, so tests of one module that run in different applications keep apart by experiment ids.
 */
public class LocalStackResource implements QuarkusTestResourceLifecycleManager {

    @Override
    public Map<String, String> start() {
        LocalStack stack = LocalStack.shared();
        return Map.of(
                "kafka.bootstrap.servers", stack.bootstrapServers(),
                "rtda.store.endpoint", stack.s3Endpoint(),
                "rtda.store.bucket", "test-" + UUID.randomUUID(),
                "rtda.store.access-key", stack.accessKey(),
                "rtda.store.secret-key", stack.secretKey(),
                "rtda.store.region", "us-east-1");
    }

    /** Leaves the stack to the JVM's other tests; it ends with the JVM. */
    @Override
    public void stop() {}
}
