package org.rtda.gateway;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import java.time.Duration;
import java.util.Optional;

/** Every setting of this service; the broker's address is {@code kafka.bootstrap.servers}. */
@ConfigMapping(prefix = "rtda")
public interface GatewayConfig {
    /** Name of this process in logs; host name and process id when absent. */
    Optional<String> instance();

    Store store();

    Gateway gateway();

    /** The object store. */
    interface Store {
        /** Address, for example {@code http://localhost:9000}. */
        @NotBlank
        String endpoint();

        @NotBlank
        @WithDefault("rtda")
        String bucket();

        @NotBlank
        String accessKey();

        @NotBlank
        String secretKey();

        @NotBlank
        @WithDefault("us-east-1")
        String region();
    }

    /** Bounds of this service. */
    interface Gateway {
        /** Training metrics kept of one experiment, evenly thinned beyond. */
        @Min(100)
        @Max(1_000_000)
        @WithDefault("20000")
        int maxTrainingMetrics();

        /** Training metrics kept of all experiments together, about 1 kB each. */
        @Min(1000)
        @Max(10_000_000)
        @WithDefault("60000")
        int maxTotalTrainingMetrics();

        /** Largest upload of a data set, in bytes. */
        @Min(1)
        @WithDefault("1073741824")
        long maxUploadBytes();

        /** Largest upload of weights, in bytes; a third of the Java heap where that is less, because they are held in it. */
        @Min(1)
        @Max(Integer.MAX_VALUE - 8)
        @WithDefault("536870912")
        long maxWeightsBytes();

        /** Largest JSON body, in bytes. */
        @Min(1)
        @Max(64 << 20)
        @WithDefault("262144")
        int maxJsonBytes();

        /** Streams of server-sent events served at once. */
        @Min(1)
        @WithDefault("256")
        int maxStreams();

        /** Events kept for a stream whose reader is slow; with one more it is dropped. */
        @Min(1)
        @WithDefault("4096")
        int streamBuffer();

        /** Comment sent on a stream this often, so that proxies keep it open. */
        @WithDefault("15s")
        Duration heartbeat();

        /** Longest wait for the broker's answer to a request. */
        @WithDefault("10s")
        Duration brokerTimeout();

        /** Longest wait for the broker when the service starts. */
        @WithDefault("60s")
        Duration startTimeout();
    }
}
