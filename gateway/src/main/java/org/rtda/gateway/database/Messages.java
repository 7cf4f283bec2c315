package org.rtda.gateway.database;

import java.nio.charset.StandardCharsets;
import org.rtda.contracts.EventCodec;

/** Messages as they stand in a row: their JSON. */
final class Messages {
    /** H2 stores no longer text in a row; a broker takes no longer record of ours. */
    static final int LONGEST = 1_000_000;

    private Messages() {}

    /** @throws UnstorableRecordException when the text is too long for a row */
    static String text(Object message) {
        String text = new String(EventCodec.write(message), StandardCharsets.UTF_8);
        if (text.length() > LONGEST) {
            throw new UnstorableRecordException(
                    "a message may have at most " + LONGEST + " characters, this "
                            + message.getClass().getSimpleName() + " has " + text.length(),
                    null);
        }
        return text;
    }

    static <T> T read(String text, Class<T> type) {
        return EventCodec.read(text.getBytes(StandardCharsets.UTF_8), type);
    }
}
