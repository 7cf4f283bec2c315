package org.rtda.gateway.limit;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import org.rtda.gateway.GatewayConfig;

/** Builds the classes of this package from the settings. */
@ApplicationScoped
class LimitWiring {

    @Produces
    @Singleton
    RequestLimits limits(LimitsConfig config, GatewayConfig bounds, MeterRegistry meters) {
        LimitsConfig.check(config);
        RequestLimits limits =
                new RequestLimits(config.limits(), bounds.gateway().maxUploadBytes(), System::nanoTime);
        Gauge.builder("rtda.gateway.uploads", limits, RequestLimits::uploadsUnderWay)
                .description("uploads under way")
                .register(meters);
        Gauge.builder("rtda.gateway.downloads", limits, RequestLimits::downloadsUnderWay)
                .description("downloads of models and weights under way")
                .register(meters);
        return limits;
    }

    @Produces
    @Singleton
    SlowSenders slowSenders(LimitsConfig config) {
        return new SlowSenders(pace(config), System::nanoTime);
    }

    @Produces
    @Singleton
    SlowReaders slowReaders(LimitsConfig config) {
        return new SlowReaders(pace(config), System::nanoTime);
    }

    private static Pace pace(LimitsConfig config) {
        return new Pace(config.limits().slowSenderGrace(), config.limits().leastBytesPerSecond());
    }
}
