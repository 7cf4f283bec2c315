package org.rtda.testkit;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.HashMap;
import java.util.Map;

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
        return new SmallRyeConfigBuilder()
                .withMapping(mapping)
                .withSources(new PropertiesConfigSource(settings, "test", 100))
                .build()
                .getConfigMapping(mapping);
    }
}
