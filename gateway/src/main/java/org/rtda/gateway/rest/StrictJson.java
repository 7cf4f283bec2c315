package org.rtda.gateway.rest;

import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.exc.InvalidFormatException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.type.LogicalType;
import java.io.IOException;
import java.util.Collection;
import java.util.Locale;
import java.util.stream.Collectors;
import org.rtda.contracts.EventCodec;
import org.rtda.contracts.Quotient;
import org.rtda.contracts.check.InvalidFieldException;
import org.rtda.gateway.problem.ProblemException;

/**
 * Reads documents that people write. Unlike messages between services, whose unknown fields are of a later version, here
 * an unknown field is a misspelt option and is refused; so are strings for numbers, fractions for whole numbers and a
 * field that is given twice.
 */
public final class StrictJson {
    private static final ObjectMapper MAPPER = ((JsonMapper) EventCodec.mapper())
            .rebuild()
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
            .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
            .withCoercionConfig(
                    LogicalType.Textual, texts -> texts.setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail)
                            .setCoercion(CoercionInputShape.Integer, CoercionAction.Fail)
                            .setCoercion(CoercionInputShape.Float, CoercionAction.Fail))
            .build();

    private StrictJson() {}

    /** @throws ProblemException 400, naming the field, its value and what is allowed */
    public static <T> T read(byte[] json, Class<T> type) {
        try {
            T document = MAPPER.readValue(json, type);
            if (document == null) {
                throw ProblemException.badRequest("the body must be a JSON object, was null", null);
            }
            return document;
        } catch (JsonProcessingException e) {
            throw explain(e, json);
        } catch (IOException e) {
            throw ProblemException.badRequest("the body could not be read: " + e.getMessage(), e);
        }
    }

    private static ProblemException explain(JsonProcessingException e, byte[] json) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof InvalidFieldException invalid) {
                return ProblemException.badValue(invalid);
            }
        }
        if (e instanceof UnrecognizedPropertyException unknown) {
            return ProblemException.badValue(
                    pathOf(unknown),
                    "an unknown field",
                    "one of "
                            + unknown.getKnownPropertyIds().stream()
                                    .map(String::valueOf)
                                    .sorted()
                                    .toList());
        }
        if (e instanceof MismatchedInputException mismatch
                && !mismatch.getPath().isEmpty()) {
            Object value = e instanceof InvalidFormatException format ? format.getValue() : valueAt(mismatch, json);
            return ProblemException.badValue(pathOf(mismatch), value, describe(mismatch.getTargetType(), value));
        }
        if (e instanceof MismatchedInputException) {
            return ProblemException.badRequest("the body must be one JSON object, " + whatItIs(json), e);
        }
        if (e instanceof JsonMappingException mapping && !mapping.getPath().isEmpty()) {
            return ProblemException.badValue(pathOf(mapping), whatIsWrong(mapping), "well-formed");
        }
        String place = e.getLocation() == null
                ? ""
                : " (line " + e.getLocation().getLineNr() + ", column "
                        + e.getLocation().getColumnNr() + ")";
        return ProblemException.badRequest(
                "the body is not the JSON object it should be: " + whatIsWrong(e) + place, e);
    }

    /** The parser's own words name its settings and classes where a text ends too early or is beyond what it takes. */
    private static String whatIsWrong(Throwable e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof JsonEOFException) {
                return "it ends too early";
            }
            if (cause instanceof StreamConstraintsException) {
                return "it is nested too deep, or has a name, a text or a number that is too long";
            }
            if (cause instanceof JsonParseException parse) {
                return parse.getOriginalMessage();
            }
        }
        return e instanceof JsonProcessingException json ? json.getOriginalMessage() : e.getMessage();
    }

    private static String whatItIs(byte[] json) {
        try {
            JsonNode node = MAPPER.readTree(json);
            return node instanceof MissingNode
                    ? "was empty"
                    : "was of type " + node.getNodeType().name().toLowerCase(Locale.ROOT);
        } catch (IOException moreThanOne) {
            return "and nothing may come after it";
        }
    }

    private static String valueAt(JsonMappingException e, byte[] json) {
        try {
            JsonNode node = MAPPER.readTree(json);
            for (JsonMappingException.Reference step : e.getPath()) {
                node = step.getFieldName() == null ? node.path(step.getIndex()) : node.path(step.getFieldName());
            }
            return node instanceof MissingNode ? "absent" : node.toString();
        } catch (IOException notEvenJson) {
            return "not JSON: " + whatIsWrong(notEvenJson);
        }
    }

    private static String pathOf(JsonMappingException e) {
        return e.getPath().stream()
                .map(step -> step.getFieldName() == null ? String.valueOf(step.getIndex()) : step.getFieldName())
                .collect(Collectors.joining("."));
    }

    private static String describe(Class<?> type, Object value) {
        if (type == Integer.class || type == int.class || type == Long.class || type == long.class) {
            return "a whole number of " + (type == Integer.class || type == int.class ? "32" : "64") + " bits";
        }
        if (type == Double.class || type == double.class) {
            return value instanceof String text ? Quotient.allowedInJson(text.replace("\"", "")) : "a number";
        }
        if (type == Boolean.class || type == boolean.class) {
            return "true or false";
        }
        if (type == String.class) {
            return "a text";
        }
        return Collection.class.isAssignableFrom(type) ? "a list" : "an object";
    }
}
