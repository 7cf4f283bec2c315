package org.rtda.gateway.problem;

import java.util.Collection;
import org.rtda.contracts.check.InvalidFieldException;
import org.rtda.gateway.api.ApiPath;

/** A refusal as it reaches the caller. */
public final class ProblemException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final String field;
    private final String value;
    private final String allowed;

    private ProblemException(int status, String detail, String field, String value, String allowed, Throwable cause) {
        super(detail, cause);
        this.status = status;
        this.field = field;
        this.value = value;
        this.allowed = allowed;
    }

    /** Where no field is at fault. */
    private ProblemException(int status, String detail, Throwable cause) {
        this(status, detail, null, null, null, cause);
    }

    /** Where nothing was thrown before. */
    private ProblemException(int status, String detail, String field, String value, String allowed) {
        this(status, detail, field, value, allowed, null);
    }

    public static ProblemException badValue(String field, Object value, String allowed) {
        return badValue(new InvalidFieldException(field, value, allowed));
    }

    public static ProblemException badValue(InvalidFieldException e) {
        return new ProblemException(400, e.getMessage(), e.field(), e.value(), e.allowed(), e);
    }

    public static ProblemException badRequest(String detail, Throwable cause) {
        return new ProblemException(400, detail, cause);
    }

    public static ProblemException unknownExperiment(String id) {
        return new ProblemException(
                404,
                "there is no experiment " + id,
                "experiment",
                id,
                "one of those that GET " + ApiPath.V1 + "/experiments lists");
    }

    public static ProblemException unknownDataset(String name, Collection<String> known) {
        return new ProblemException(404, "there is no data set " + name, "dataset", name, "one of " + known);
    }

    public static ProblemException unknownEvaluation(String evaluation, Collection<String> known) {
        return new ProblemException(
                404,
                "there is no evaluation " + evaluation,
                "evaluation",
                evaluation,
                "one of " + known + " or a name in them");
    }

    public static ProblemException unknownWork(String topic, Collection<String> known) {
        return new ProblemException(404, "nobody takes work from a topic " + topic, "topic", topic, "one of " + known);
    }

    public static ProblemException unknownToken(String name, Collection<String> known) {
        return new ProblemException(404, "there is no token " + name, "name", name, "one of " + known);
    }

    public static ProblemException notYet(String detail) {
        return new ProblemException(404, detail, null);
    }

    public static ProblemException conflict(String detail) {
        return new ProblemException(409, detail, null);
    }

    public static ProblemException tooLarge(String detail) {
        return new ProblemException(413, detail, null);
    }

    public static ProblemException unavailable(String detail, Throwable cause) {
        return new ProblemException(503, detail, cause);
    }

    public int status() {
        return status;
    }

    /** The document that goes out. */
    public Problem problem() {
        return Problem.about(status)
                .detail(getMessage())
                .field(field)
                .value(value)
                .allowed(allowed)
                .build();
    }
}
