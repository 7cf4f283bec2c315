package org.rtda.cli.rest;

import java.util.function.BiConsumer;

/** Lines of a {@code text/event-stream} as events: fields {@code event} and {@code data}, others passed over. */
final class ServerSentEvents {
    private final BiConsumer<String, String> reader;
    private final StringBuilder data = new StringBuilder();
    private String type = "message";

    /** @param reader gets each event's type and data */
    ServerSentEvents(BiConsumer<String, String> reader) {
        this.reader = reader;
    }

    void line(String line) {
        if (line.isEmpty()) {
            if (!data.isEmpty()) {
                reader.accept(type, data.toString());
            }
            data.setLength(0);
            type = "message";
        } else if (line.startsWith("event:")) {
            type = line.substring(6).strip();
        } else if (line.startsWith("data:")) {
            if (!data.isEmpty()) {
                data.append('\n');
            }
            data.append(line.startsWith("data: ") ? line.substring(6) : line.substring(5));
        }
    }
}
