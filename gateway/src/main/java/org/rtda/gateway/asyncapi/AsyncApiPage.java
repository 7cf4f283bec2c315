package org.rtda.gateway.asyncapi;

import static org.rtda.gateway.asyncapi.AsyncApiDocument.map;

import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The AsyncAPI document as a page for people: topics, their messages, and every field with its type, limits, default and meaning. */
public final class AsyncApiPage {
    private final AsyncApiDocument document;
    private final StringBuilder html = new StringBuilder();
    /** Shown with the messages of a topic, and not again. */
    private final Set<String> shown = new LinkedHashSet<>();

    private AsyncApiPage(AsyncApiDocument document) {
        this.document = document;
    }

    /** Of the document of the contracts. */
    public static String render() {
        return new AsyncApiPage(AsyncApiDocument.read()).page();
    }

    private String page() {
        html.append("<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">")
                .append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">")
                .append("<title>RTDA messages</title><link rel=\"icon\" href=\"/icon.svg\">")
                .append(
                        "<link rel=\"stylesheet\" href=\"/style/base.css\"><link rel=\"stylesheet\" href=\"/style/parts.css\">")
                .append("</head><body><main>\n<p><a href=\"/\">RTDA</a></p>\n");
        element("h1", String.valueOf(document.info().get("title")));
        text(String.valueOf(document.info().get("description")));
        html.append("<p>For programs: <a href=\"/asyncapi.yaml\">asyncapi.yaml</a> (AsyncAPI 3.0).</p>\n");
        html.append("<nav aria-label=\"Topics\"><h2>Topics</h2><ul>");
        document.channels().keySet().forEach(topic -> html.append("<li><a href=\"#topic-")
                .append(escaped(topic))
                .append("\">")
                .append(escaped(topic))
                .append("</a></li>"));
        html.append("</ul></nav>\n");
        document.channels().forEach((topic, channel) -> topic(topic, map(channel)));
        element("h2", "Parts of messages");
        document.schemas().forEach((name, schema) -> {
            if (!shown.contains(name)) {
                schema(name, map(schema));
            }
        });
        return html.append("</main></body></html>\n").toString();
    }

    private void topic(String topic, Map<String, Object> channel) {
        html.append("<h2 id=\"topic-").append(escaped(topic)).append("\">");
        html.append(escaped(topic)).append("</h2>\n");
        text(String.valueOf(channel.get("description")));
        Map<String, Object> kafka = map(map(channel.get("bindings")).get("kafka"));
        text("Partitions: " + kafka.get("partitions") + ". " + kept(map(kafka.get("topicConfiguration"))));
        map(channel.get("messages")).values().forEach(message -> message(document.resolved(message)));
    }

    private static String kept(Map<String, Object> configuration) {
        if ("compact".equals(configuration.get("cleanup.policy"))) {
            return "The newest message of each key is kept.";
        }
        long millis = ((Number) configuration.getOrDefault("retention.ms", -1)).longValue();
        if (millis < 0) {
            return "Messages are kept for ever.";
        }
        Duration kept = Duration.ofMillis(millis);
        String size = configuration.get("retention.bytes") instanceof Number bytes
                ? ", at most " + (bytes.longValue() >> 20) + " MiB of a partition"
                : "";
        return "Messages are kept for "
                + (kept.toHours() > 0 ? kept.toHours() + " hours" : kept.toMinutes() + " minutes") + size + ".";
    }

    private void message(Map<String, Object> message) {
        String name = AsyncApiDocument.schemaName(message.get("payload"));
        if (name == null) {
            text(String.valueOf(map(message.get("payload")).get("description")));
        } else if (shown.add(name)) {
            schema(name, map(document.schemas().get(name)));
        } else {
            html.append("<p>").append(link(name)).append(", as above.</p>\n");
        }
        Object key =
                map(map(map(message.get("bindings")).get("kafka")).get("key")).get("description");
        text("Key: " + key + ". Headers: "
                + String.join(
                        ", ",
                        map(document.resolved(message.get("headers")).get("properties"))
                                .keySet())
                + ".");
    }

    private void schema(String name, Map<String, Object> schema) {
        html.append("<h3 id=\"")
                .append(escaped(name))
                .append("\">")
                .append(escaped(name))
                .append("</h3>\n");
        if (schema.get("description") instanceof String description) {
            text(description);
        }
        if (schema.get("oneOf") instanceof List<?> kinds) {
            html.append("<p>One of ");
            html.append(String.join(", ", kinds.stream().map(AsyncApiPage::type).toList()));
            html.append(".</p>\n");
        }
        Map<String, Object> fields = new LinkedHashMap<>();
        Set<Object> required = new LinkedHashSet<>();
        collect(schema, fields, required);
        if (fields.isEmpty()) {
            String limits = FieldLimits.inWords(schema);
            if (!limits.isEmpty()) {
                text("A value: " + limits + ".");
            }
            return;
        }
        html.append("<div class=\"scroll\"><table><thead><tr><th scope=\"col\">field</th><th scope=\"col\">type</th>")
                .append(
                        "<th scope=\"col\">always there</th><th scope=\"col\">limits</th><th scope=\"col\">default</th>")
                .append("<th scope=\"col\">meaning</th></tr></thead><tbody>\n");
        fields.forEach((field, of) -> row(field, map(of), required.contains(field)));
        html.append("</tbody></table></div>\n");
    }

    /** Its own fields after those of what it extends. */
    private void collect(Map<String, Object> schema, Map<String, Object> fields, Set<Object> required) {
        if (schema.get("allOf") instanceof List<?> extended) {
            extended.forEach(part -> collect(document.resolved(part), fields, required));
        }
        fields.putAll(map(schema.get("properties")));
        if (schema.get("required") instanceof Collection<?> names) {
            required.addAll(names);
        }
    }

    private void row(String field, Map<String, Object> schema, boolean required) {
        Object absent = schema.get("default");
        html.append("<tr><th scope=\"row\"><code>").append(escaped(field)).append("</code></th><td>");
        html.append(type(schema))
                .append("</td><td>")
                .append(required ? "yes" : "no")
                .append("</td>");
        cell(FieldLimits.inWords(schema));
        cell(absent == null ? "" : String.valueOf(absent));
        cell(schema.get("description") instanceof String description ? description : "");
        html.append("</tr>\n");
    }

    /** Names of schemas are links to them. */
    private static String type(Object part) {
        String name = AsyncApiDocument.schemaName(part);
        if (name != null) {
            return link(name);
        }
        Map<String, Object> schema = map(part);
        if (schema.containsKey("items")) {
            return "list of " + type(schema.get("items"));
        }
        if (schema.containsKey("additionalProperties")) {
            return "map of names to " + type(schema.get("additionalProperties"));
        }
        Object type = schema.get("type");
        String format = schema.get("format") instanceof String given ? " (" + given + ")" : "";
        return type == null ? (schema.containsKey("const") ? "string" : "") : escaped(type + format);
    }

    private static String link(String name) {
        return "<a href=\"#" + escaped(name) + "\">" + escaped(name) + "</a>";
    }

    private void cell(String text) {
        html.append("<td class=\"wrap\">").append(withCode(text)).append("</td>");
    }

    private void element(String tag, String text) {
        html.append('<')
                .append(tag)
                .append('>')
                .append(escaped(text))
                .append("</")
                .append(tag)
                .append(">\n");
    }

    /** Paragraphs, between empty lines, and lists, whose lines begin with a hyphen. */
    private void text(String text) {
        for (String block : text.strip().split("\n\\s*\n")) {
            if (block.startsWith("- ")) {
                html.append("<ul>");
                for (String entry : block.substring(2).split("\n- ")) {
                    html.append("<li>").append(withCode(entry)).append("</li>");
                }
                html.append("</ul>\n");
            } else {
                html.append("<p>").append(withCode(block)).append("</p>\n");
            }
        }
    }

    private static String withCode(String text) {
        return escaped(text).replaceAll("`([^`]+)`", "<code>$1</code>");
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
