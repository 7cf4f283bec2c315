package org.rtda.testkit;

import io.smallrye.config.EnvConfigSource;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.HashMap;
import java.util.Map;
import org.eclipse.microprofile.config.spi.ConfigSource;

/** Configurations without a running service. */
public final class ConfigMappings {
    private ConfigMappings() {}

    /**
     * The mapping as a service would get it.
     *
     * @param needed settings by their keys
     * @param changed the same, which stand where both have a key
     */
    public static <T> T of(Class<T> mapping, Map<String, String> needed, Map<String, String> changed) {
        Map<String, String> settings = new HashMap<>(needed);
        settings.putAll(changed);
        return of(mapping, new PropertiesConfigSource(settings, "test", 100));
    }

    /**
     * The same, of variables of the environment.
     *
     * @param needed settings by their keys
     * @param variables by their names, such as {@code RTDA_SWEEP_INTERVAL}; they stand where a key has both
     */
    public static <T> T ofEnvironment(Class<T> mapping, Map<String, String> needed, Map<String, String> variables) {
        return of(mapping, new PropertiesConfigSource(needed, "test", 100), new EnvConfigSource(variables, 300));
    }

    private static <T> T of(Class<T> mapping, ConfigSource... sources) {
        return new SmallRyeConfigBuilder()
                .withMapping(mapping)
                .withSources(sources)
                .build()
                .getConfigMapping(mapping);
    }
}
