package org.rtda.gateway.problem;

import java.util.Collection;
import org.rtda.contracts.check.InvalidFieldException;

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

    public static ProblemException badValue(String field, Object value, String allowed) {
        return badValue(new InvalidFieldException(field, value, allowed));
    }

    public static ProblemException badValue(InvalidFieldException e) {
        return new ProblemException(400, e.getMessage(), e.field(), e.value(), e.allowed(), e);
    }

    public static ProblemException badRequest(String detail, Throwable cause) {
        return new ProblemException(400, detail, null, null, null, cause);
    }

    public static ProblemException unknownExperiment(String id) {
        return new ProblemException(
                404,
                "there is no experiment " + id,
                "experiment",
                id,
                "one of those that GET /api/experiments lists",
                null);
    }

    public static ProblemException unknownDataset(String name, Collection<String> known) {
        return new ProblemException(404, "there is no data set " + name, "dataset", name, "one of " + known, null);
    }

    public static ProblemException unknownEvaluation(String evaluation, Collection<String> known) {
        return new ProblemException(
                404,
                "there is no evaluation " + evaluation,
                "evaluation",
                evaluation,
                "one of " + known + " or a name in them",
                null);
    }

    public static ProblemException unknownWork(String topic, Collection<String> known) {
        return new ProblemException(
                404, "nobody takes work from a topic " + topic, "topic", topic, "one of " + known, null);
    }

    public static ProblemException notYet(String detail) {
        return new ProblemException(404, detail, null, null, null, null);
    }

    public static ProblemException conflict(String detail) {
        return new ProblemException(409, detail, null, null, null, null);
    }

    public static ProblemException tooLarge(String detail) {
        return new ProblemException(413, detail, null, null, null, null);
    }

    public static ProblemException unavailable(String detail, Throwable cause) {
        return new ProblemException(503, detail, null, null, null, cause);
    }

    public int status() {
        return status;
    }

    /** The document that goes out. */
    public Problem problem() {
        return new Problem("about:blank", Problem.titleOf(status), status, getMessage(), field, value, allowed);
    }
}
