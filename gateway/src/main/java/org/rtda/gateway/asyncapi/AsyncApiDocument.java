package org.rtda.gateway.asyncapi;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** The AsyncAPI document of the contracts, as a tree of maps, lists and values. */
public final class AsyncApiDocument {
    private static final String FILE = "/asyncapi.yaml";
    private static final String SCHEMAS = "#/components/schemas/";

    private final Map<String, Object> root;

    private AsyncApiDocument(Map<String, Object> root) {
        this.root = root;
    }

    /** As it is served. */
    public static String text() {
        try (InputStream file = AsyncApiDocument.class.getResourceAsStream(FILE)) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(FILE + " cannot be read", e);
        }
    }

    public static AsyncApiDocument read() {
        return new AsyncApiDocument(map(new Yaml(new SafeConstructor(new LoaderOptions())).load(text())));
    }

    /** By name. */
    public Map<String, Object> schemas() {
        return map(map(root.get("components")).get("schemas"));
    }

    Map<String, Object> info() {
        return map(root.get("info"));
    }

    /** By name, in the document's order. */
    Map<String, Object> channels() {
        return map(root.get("channels"));
    }

    /** What a part refers to, or the part where it is no reference. */
    Map<String, Object> resolved(Object part) {
        Map<String, Object> here = map(part);
        if (!(here.get("$ref") instanceof String reference)) {
            return here;
        }
        Map<String, Object> found = root;
        for (String step : reference.replaceFirst("^#/", "").split("/")) {
            found = map(found.get(step));
        }
        return found;
    }

    /** The name of the schema that a part refers to; null where it refers to none. */
    static String schemaName(Object part) {
        return map(part).get("$ref") instanceof String reference && reference.startsWith(SCHEMAS)
                ? reference.substring(SCHEMAS.length())
                : null;
    }

    /** Empty where the part is absent or something else. */
    @SuppressWarnings("unchecked")
    public static Map<String, Object> map(Object part) {
        return part instanceof Map<?, ?> ? (Map<String, Object>) part : Map.of();
    }
}
