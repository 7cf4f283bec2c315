package org.rtda.cli.local;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The environment variables of a service that this command line starts. */
final class ServiceEnvironment {
    private static final String TRAINER_MEMORY = "RTDA_TRAINER_MEMORY";

    private ServiceEnvironment() {}

    /**
     * @param managementPort null of a service that has none
     * @param data folder of the stack's data
     */
    static Map<String, String> of(
            ServiceDefinition service,
            int port,
            Integer managementPort,
            StackState addresses,
            Secrets secrets,
            Path data,
            Path nativeCache) {
        Map<String, String> environment = new HashMap<>();
        environment.put("KAFKA_BOOTSTRAP_SERVERS", addresses.bootstrapServers());
        environment.put("RTDA_STORE_ENDPOINT", addresses.s3Endpoint());
        environment.put("RTDA_STORE_BUCKET", "rtda");
        environment.put("RTDA_STORE_REGION", "us-east-1");
        environment.put("RTDA_STORE_ACCESS_KEY", secrets.accessKey());
        environment.put("RTDA_STORE_SECRET_KEY", secrets.secretKey());
        environment.put("QUARKUS_HTTP_HOST", "127.0.0.1");
        environment.put("QUARKUS_HTTP_PORT", Integer.toString(port));
        if (managementPort != null) {
            environment.put("QUARKUS_MANAGEMENT_HOST", "127.0.0.1");
            environment.put("QUARKUS_MANAGEMENT_PORT", managementPort.toString());
        }
        // glibc's main arena alone: the others are made of pieces of 64 MiB, in which arrays of 32 MiB find no room
        environment.put("MALLOC_ARENA_MAX", "1");
        // memory of one pass serves the next: given back to the system it would come back page by page, zeroed; up to
        // 4 GiB freed are kept, taken 64 MiB at a time, and what is larger than 1 GiB is not
        environment.put("MALLOC_TRIM_THRESHOLD_", "4294967296");
        environment.put("MALLOC_TOP_PAD_", "67108864");
        environment.put("MALLOC_MMAP_THRESHOLD_", "1073741824");
        // threads of libgomp that wait by spinning take the cores from the other processes
        environment.put("OMP_WAIT_POLICY", "PASSIVE");
        environment.put("OMP_NUM_THREADS", Integer.toString(Math.max(1, service.threads())));
        if (service.module().equals("evaluator-service")) {
            // by default as many as there are cores: it would take the attack workers' share, which it then waits for
            environment.put("RTDA_EVALUATOR_COMPUTING", Integer.toString(service.threads()));
        }
        if (service.module().equals("gateway")) {
            environment.put("RTDA_DATABASE_URL", "jdbc:h2:file:" + data.resolve("read-model"));
            // the folder for temporary files is everybody's: who makes a folder in it first keeps the others out
            environment.put(
                    "QUARKUS_HTTP_BODY_UPLOADS_DIRECTORY",
                    data.resolve("uploads").toString());
        }
        if (List.of("gateway", "trainer-service").contains(service.module()) && System.getenv(TRAINER_MEMORY) == null) {
            // the one refuses by it what the other would refuse
            environment.put(TRAINER_MEMORY, Long.toString(ServiceDefinition.trainerMemory(machineMemory())));
        }
        environment.put("DJL_OFFLINE", "true");
        environment.put("DJL_CACHE_DIR", nativeCache.toString());
        return environment;
    }

    /** In bytes; of the container where there is one. */
    static long machineMemory() {
        return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getTotalMemorySize();
    }
}
