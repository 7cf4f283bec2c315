package org.rtda.gateway.problem;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.netty.handler.codec.http.HttpResponseStatus;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Objects;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.rtda.gateway.api.ImportReportDocument;

/**
 * RFC 9457, application/problem+json. The last four are there when a value is at fault, or an archive of images.
 *
 * @param type always {@code about:blank}: the status says what kind of problem it is
 * @param title the status' phrase, for example {@code Bad Request}
 * @param status the HTTP status
 * @param detail what is wrong, in words; null where the status says all
 * @param field the field or parameter that is at fault; null where none is
 * @param value what it was; null where no value is at fault
 * @param allowed what it may be; null where no value is at fault
 * @param report what was found in an archive of images that is refused; null in every other problem
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(description = "RFC 9457 problem document", examples = """
                {"type":"about:blank","title":"Bad Request","status":400,
                 "detail":"attack.epsilon must be in [0, 1000], was -1.0",
                 "field":"attack.epsilon","value":"-1.0","allowed":"in [0, 1000]"}""")
public record Problem(
        String type,
        String title,
        int status,
        String detail,
        String field,
        String value,
        String allowed,
        ImportReportDocument report) {
    public static final String MEDIA_TYPE = "application/problem+json";

    /** Of a detail: a value that a caller sent may be as long as its whole body. */
    private static final int LONGEST_DETAIL = 2000;

    private static final int LONGEST_VALUE = 500;

    /** Of a status that says all about the type of the problem. */
    static Builder about(int status) {
        return builder().type("about:blank").title(titleOf(status)).status(status);
    }

    /** RFC 9457: of a problem that its status describes, the title is the status' phrase. */
    private static String titleOf(int status) {
        return HttpResponseStatus.valueOf(status).reasonPhrase();
    }

    public static Problem of(int status, String detail) {
        return about(status).detail(detail).build();
    }

    public Response response() {
        return Response.status(status)
                .type(MediaType.valueOf(MEDIA_TYPE))
                .entity(this)
                .build();
    }

    public static Builder builder() {
        return new Builder();
    }

    /** Sets components by name; one that is not set is absent. */
    public static final class Builder {
        private String type;
        private String title;
        private Integer status;
        private String detail;
        private String field;
        private String value;
        private String allowed;
        private ImportReportDocument report;

        private Builder() {}

        public Builder type(String type) {
            this.type = type;
            return this;
        }

        public Builder title(String title) {
            this.title = title;
            return this;
        }

        public Builder status(int status) {
            this.status = status;
            return this;
        }

        public Builder detail(String detail) {
            this.detail = detail;
            return this;
        }

        public Builder field(String field) {
            this.field = field;
            return this;
        }

        public Builder value(String value) {
            this.value = value;
            return this;
        }

        public Builder allowed(String allowed) {
            this.allowed = allowed;
            return this;
        }

        public Builder report(ImportReportDocument report) {
            this.report = report;
            return this;
        }

        public Problem build() {
            return new Problem(
                    type,
                    title,
                    Objects.requireNonNull(status, "status"),
                    cut(detail, LONGEST_DETAIL),
                    cut(field, LONGEST_VALUE),
                    cut(value, LONGEST_VALUE),
                    cut(allowed, LONGEST_DETAIL),
                    report);
        }

        private static String cut(String text, int longest) {
            return text == null || text.length() <= longest ? text : text.substring(0, longest) + "...";
        }
    }
}
