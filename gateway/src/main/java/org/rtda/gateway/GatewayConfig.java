package org.rtda.gateway;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Optional;
import org.rtda.contracts.ByteSize;
import org.rtda.contracts.check.Check;
import org.rtda.contracts.check.InvalidFieldException;
import org.rtda.store.MinioSettings;

/**
 * Every setting of this service but those of sign-in ({@link org.rtda.gateway.security.SecurityConfig}); the broker's address is
 * {@code kafka.bootstrap.servers}.
 */
@ConfigMapping(prefix = "rtda")
public interface GatewayConfig {
    /** Name of this process in logs; host name and process id when absent. */
    Optional<String> instance();

    /**
     * Memory of a trainer, with a unit ({@code 3g}, {@code 3Gi}): a run that needs more is refused. Of several trainers the smallest's.
     * When absent every run is accepted, and a trainer that it does not fit refuses it.
     */
    Optional<String> trainerMemory();

    /**
     * File of the key with which patients and file names in archives of images are hashed: 32 bytes, readable by its owner alone, made
     * where it is not there. When absent a key is drawn for each import, and the same patient has another hash in the next one.
     */
    Optional<String> patientKey();

    Store store();

    Database database();

    Gateway gateway();

    Retention retention();

    /** How long evaluations keep what tells of single images after their end. As long as their experiment when absent. */
    interface Retention {
        /** What a model said of each image. Without them models cannot be compared image by image. */
        Optional<Duration> predictions();

        /** Images that a perturbation turned, for reports. */
        Optional<Duration> galleries();
    }

    /** The object store; {@link MinioSettings} says which values are allowed. */
    interface Store extends MinioSettings.Configured {
        /** Address, for example {@code http://localhost:9000}. */
        @Override
        String endpoint();

        @Override
        @WithDefault("rtda")
        String bucket();

        @Override
        @WithDefault("us-east-1")
        String region();
    }

    /** The read model: what the gateway knows of experiments. */
    interface Database {
        /**
         * {@code jdbc:h2:file:PATH}, a file for one gateway, or {@code jdbc:postgresql://HOST:PORT/DATABASE}, which several gateways may
         * share.
         */
        String url();

        @WithDefault("rtda")
        String user();

        /** None when absent. */
        Optional<String> password();

        /** Connections at most. */
        @WithDefault("10")
        int connections();
    }

    /** A little less than any body that the framework reads (quarkus.http.limits.max-body-size), so that this gateway says why. */
    long LARGEST_UPLOAD = 1L << 30;

    /** Bounds of this service. */
    interface Gateway {
        /** Training metrics of one answer, evenly thinned beyond. The database has all of them. */
        @WithDefault("20000")
        int maxTrainingMetrics();

        /** Largest upload of a data set, in bytes; at most {@value GatewayConfig#LARGEST_UPLOAD}. */
        @WithDefault("1073741824")
        long maxUploadBytes();

        /** Largest upload of archives of images, in bytes, all of one import together. */
        @WithDefault("67108864")
        long maxArchiveBytes();

        /** Longest time for reading the images of an archive. */
        @WithDefault("PT10M")
        Duration maxArchiveTime();

        /** Largest upload of weights, in bytes; a third of the Java heap where that is less, because they are held in it. */
        @WithDefault("536870912")
        long maxWeightsBytes();

        /** Largest JSON body, in bytes. */
        @WithDefault("262144")
        int maxJsonBytes();

        /** Streams of server-sent events served at once. */
        @WithDefault("600")
        int maxStreams();

        /** Events kept for a stream whose reader is slow; with one more it is dropped. */
        @WithDefault("4096")
        int streamBuffer();

        /** Comment sent on a stream this often, so that proxies keep it open. */
        @WithDefault("PT15S")
        Duration heartbeat();

        /** Longest wait for the broker's answer to a request. */
        @WithDefault("PT10S")
        Duration brokerTimeout();

        /** Longest wait for the broker when the service starts. */
        @WithDefault("PT60S")
        Duration startTimeout();

        /**
         * Whether {@code /q/metrics} has the balanced accuracy of running experiments, for a dashboard. Nobody has to sign in at the management
         * port, so whoever reaches it learns the names of data sets and the figures.
         */
        @WithDefault("false")
        boolean figureGauges();
    }

    /** Memory of a trainer; every run fits where it is not known. */
    static long trainerMemoryBytes(GatewayConfig config) {
        return config.trainerMemory()
                .map(memory -> ByteSize.parse("rtda.trainer-memory", memory))
                .orElse(Long.MAX_VALUE);
    }

    private static void requirePositive(String key, Optional<Duration> duration) {
        if (duration.isPresent()
                && (duration.get().isNegative() || duration.get().isZero())) {
            throw new InvalidFieldException(key, duration.get(), "more than PT0S, or absent");
        }
    }

    /** @throws org.rtda.contracts.check.InvalidFieldException naming the key whose value is not allowed; the store checks its own */
    static void check(GatewayConfig config) {
        trainerMemoryBytes(config);
        requirePositive("rtda.retention.predictions", config.retention().predictions());
        requirePositive("rtda.retention.galleries", config.retention().galleries());
        Gateway gateway = config.gateway();
        Check.inRange("rtda.gateway.max-training-metrics", gateway.maxTrainingMetrics(), 100, 1_000_000);
        Check.inRange("rtda.gateway.max-upload-bytes", gateway.maxUploadBytes(), 1, LARGEST_UPLOAD);
        Check.atLeast("rtda.gateway.max-archive-bytes", gateway.maxArchiveBytes(), 1);
        Check.inRange("rtda.gateway.max-weights-bytes", gateway.maxWeightsBytes(), 1, Integer.MAX_VALUE - 8L);
        Check.inRange("rtda.gateway.max-json-bytes", gateway.maxJsonBytes(), 1, 64 << 20);
        Check.atLeast("rtda.gateway.max-streams", gateway.maxStreams(), 1);
        Check.atLeast("rtda.gateway.stream-buffer", gateway.streamBuffer(), 1);
    }
}
