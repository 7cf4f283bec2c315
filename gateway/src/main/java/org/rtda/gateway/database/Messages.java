package org.rtda.gateway.database;

import java.nio.charset.StandardCharsets;
import org.rtda.contracts.EventCodec;

/** Messages as they stand in a row: their JSON. */
final class Messages {
    private Messages() {}

    /** @throws UnstorableRecordException when the text is too long for a row */
    static String text(Object message) {
        String text = new String(EventCodec.write(message), StandardCharsets.UTF_8);
        if (text.length() > Reading.LONGEST) {
            throw new UnstorableRecordException(
                    "a message may have at most " + Reading.LONGEST + " characters, this one has " + text.length(),
                    null);
        }
        return text;
    }

    static <T> T read(String text, Class<T> type) {
        return EventCodec.read(text.getBytes(StandardCharsets.UTF_8), type);
    }
}
