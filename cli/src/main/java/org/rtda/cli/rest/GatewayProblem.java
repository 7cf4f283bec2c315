package org.rtda.cli.rest;

import com.fasterxml.jackson.core.JacksonException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.rtda.contracts.EventCodec;

/** A problem document (RFC 9457) as the gateway sends it; every member may be absent. */
record GatewayProblem(String title, Integer status, String detail, String field, String value, String allowed) {

    /** What a person should read of an answer that is no success, whatever it is. */
    static String inOneLine(int status, String contentType, String body) {
        if (contentType.startsWith("application/problem+json") || contentType.startsWith("application/json")) {
            try {
                GatewayProblem problem = EventCodec.mapper().readValue(body, GatewayProblem.class);
                if (problem != null && !problem.isEmpty()) {
                    return problem.inOneLine();
                }
            } catch (JacksonException e) {
                return unreadable(status, body);
            }
        }
        return unreadable(status, body);
    }

    private boolean isEmpty() {
        return title == null && detail == null && field == null;
    }

    private String inOneLine() {
        String said = Objects.requireNonNullElse(detail, Objects.requireNonNullElse(title, "not allowed"));
        List<String> more = new ArrayList<>();
        // the detail usually holds them already
        if (field != null && !said.contains(field)) {
            more.add("field " + field);
        }
        if (value != null && !said.contains(value)) {
            more.add("value " + value);
        }
        if (allowed != null && !said.contains(allowed)) {
            more.add("allowed: " + allowed);
        }
        return (more.isEmpty() ? said : said + " (" + String.join(", ", more) + ")").replaceAll("\\s+", " ");
    }

    private static String unreadable(int status, String body) {
        String start = body.strip().lines().findFirst().orElse("");
        return "the gateway answered with status " + status
                + (start.isEmpty() ? "" : ": " + start.substring(0, Math.min(200, start.length())));
    }
}
