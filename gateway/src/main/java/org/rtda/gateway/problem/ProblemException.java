package org.rtda.gateway.problem;

import java.time.Duration;
import java.util.Collection;
import org.rtda.contracts.check.InvalidFieldException;
import org.rtda.gateway.api.ApiPath;
import org.rtda.gateway.api.ImportReportDocument;

/** A refusal as it reaches the caller. */
public final class ProblemException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Of what is away: nobody knows for how long, and a client that waits so long asks no more often than it helps. */
    private static final Duration AWAY = Duration.ofSeconds(5);

    private final transient Problem problem;
    private final transient Duration retryAfter;

    private ProblemException(Problem problem, Duration retryAfter, Throwable cause) {
        super(problem.detail(), cause);
        this.problem = problem;
        this.retryAfter = retryAfter;
    }

    /** Where no field is at fault. */
    private ProblemException(int status, String detail, Throwable cause) {
        this(Problem.of(status, detail), null, cause);
    }

    private ProblemException(int status, String detail, String field, String value, String allowed, Throwable cause) {
        this(
                Problem.about(status)
                        .detail(detail)
                        .field(field)
                        .value(value)
                        .allowed(allowed)
                        .build(),
                null,
                cause);
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

    /** Where a part of a form is at fault, whatever it holds. */
    public static ProblemException badPart(String name, String detail, String allowed) {
        return new ProblemException(400, detail + ": " + allowed, name, null, allowed);
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

    /** Something that the gateway needs is away, or does not answer. */
    public static ProblemException unavailable(String detail, Throwable cause) {
        return new ProblemException(Problem.of(503, detail), AWAY, cause);
    }

    /** An archive of images that cannot become a data set, with what was found in it until then. */
    public static ProblemException refusedImport(String detail, ImportReportDocument found, Throwable cause) {
        return new ProblemException(
                Problem.about(400).detail(detail).report(found).build(), null, cause);
    }

    /** What is asked for can be done later. */
    public static ProblemException busy(String detail, Duration retryAfter) {
        return new ProblemException(Problem.of(503, detail), retryAfter, null);
    }

    public int status() {
        return problem.status();
    }

    /** The document that goes out. */
    public Problem problem() {
        return problem;
    }

    /** After how long asking again makes sense; null where it makes none. */
    public Duration retryAfter() {
        return retryAfter;
    }
}
