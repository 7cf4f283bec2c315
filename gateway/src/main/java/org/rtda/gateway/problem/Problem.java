package org.rtda.gateway.problem;

import com.fasterxml.jackson.annotation.JsonInclude;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** RFC 9457, application/problem+json. The last three are there when a value is at fault. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(description = "RFC 9457 problem document", examples = """
                {"type":"about:blank","title":"Bad Request","status":400,
                 "detail":"attack.epsilon must be in [0, 1000], was -1.0",
                 "field":"attack.epsilon","value":"-1.0","allowed":"in [0, 1000]"}""")
public record Problem(
        String type, String title, int status, String detail, String field, String value, String allowed) {
    public static final String MEDIA_TYPE = "application/problem+json";

    static String titleOf(int status) {
        Response.Status known = Response.Status.fromStatusCode(status);
        return known == null ? "Error" : known.getReasonPhrase();
    }

    public static Problem of(int status, String detail) {
        return new Problem("about:blank", titleOf(status), status, detail, null, null, null);
    }

    public Response response() {
        return Response.status(status)
                .type(MediaType.valueOf(MEDIA_TYPE))
                .entity(this)
                .build();
    }
}
