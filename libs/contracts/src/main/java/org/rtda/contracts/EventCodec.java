package org.rtda.contracts;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.exc.ValueInstantiationException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.IOException;
import org.rtda.contracts.check.InvalidMessageException;

/** Converts messages and stored documents to JSON and back. Safe for use by several threads. */
public final class EventCodec {
    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .addModule(new JavaTimeModule())
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .defaultPropertyInclusion(
                    JsonInclude.Value.construct(JsonInclude.Include.NON_NULL, JsonInclude.Include.ALWAYS))
            .build();

    /** How the reasons begin for which a document is none. */
    private static final String NOT_VALID = "not a valid ";

    private EventCodec() {}

    public static byte[] write(Object document) {
        try {
            return MAPPER.writeValueAsBytes(document);
        } catch (JacksonException e) {
            throw new IllegalStateException(
                    "cannot write a " + document.getClass().getSimpleName() + " as JSON", e);
        }
    }

    /** @throws InvalidMessageException when the bytes are not such a document; its message says where and why */
    public static <T> T read(byte[] json, Class<T> type) {
        try {
            T document = json == null ? null : MAPPER.readValue(json, type);
            if (document == null) {
                throw new InvalidMessageException(NOT_VALID + type.getSimpleName() + ": empty", null);
            }
            return document;
        } catch (ValueInstantiationException e) {
            Throwable reason = e.getCause() == null ? e : e.getCause();
            throw new InvalidMessageException(NOT_VALID + type.getSimpleName() + ": " + reason.getMessage(), e);
        } catch (JacksonException e) {
            throw new InvalidMessageException(NOT_VALID + type.getSimpleName() + ": " + e.getOriginalMessage(), e);
        } catch (IOException e) {
            throw new InvalidMessageException(NOT_VALID + type.getSimpleName() + ": " + e.getMessage(), e);
        }
    }

    /** Whether a reason, for example a dead letter's, is that a document could not be read. */
    public static boolean isReason(String reason) {
        return reason.startsWith(NOT_VALID);
    }

    /** A copy of the mapper, for frameworks that bring their own (REST). */
    public static ObjectMapper mapper() {
        return MAPPER.copy();
    }
}
