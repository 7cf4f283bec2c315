package org.rtda.cli.local;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** The settings that a service gets through its environment. */
final class ServiceEnvironment {
    private ServiceEnvironment() {}

    static Map<String, String> of(
            ServiceDefinition service, int port, StackState addresses, Secrets secrets, Path nativeCache) {
        Map<String, String> environment = new HashMap<>();
        environment.put("KAFKA_BOOTSTRAP_SERVERS", addresses.bootstrapServers());
        environment.put("RTDA_STORE_ENDPOINT", addresses.s3Endpoint());
        environment.put("RTDA_STORE_BUCKET", "rtda");
        environment.put("RTDA_STORE_REGION", "us-east-1");
        environment.put("RTDA_STORE_ACCESS_KEY", secrets.accessKey());
        environment.put("RTDA_STORE_SECRET_KEY", secrets.secretKey());
        environment.put("QUARKUS_HTTP_HOST", "127.0.0.1");
        environment.put("QUARKUS_HTTP_PORT", Integer.toString(port));
        // each arena of malloc keeps what it freed: a few are enough
        environment.put("MALLOC_ARENA_MAX", "2");
        // memory of one pass serves the next: given back to the system it would come back page by page, zeroed; up to
        // 512 MiB freed are kept, taken 64 MiB at a time, and what is larger than 32 MiB (glibc's limit) is not
        environment.put("MALLOC_TRIM_THRESHOLD_", "536870912");
        environment.put("MALLOC_TOP_PAD_", "67108864");
        environment.put("MALLOC_MMAP_THRESHOLD_", "33554432");
        // threads of libgomp that wait by spinning take the cores from the other processes
        environment.put("OMP_WAIT_POLICY", "PASSIVE");
        environment.put("OMP_NUM_THREADS", Integer.toString(Math.max(1, service.threads())));
        environment.put("DJL_OFFLINE", "true");
        environment.put("DJL_CACHE_DIR", nativeCache.toString());
        return environment;
    }
}
