package org.rtda.gateway.limit;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicBoolean;
import org.rtda.gateway.problem.Problem;
import org.rtda.gateway.security.Callers;
import org.rtda.gateway.security.Refusals;

/**
 * Checks every request against {@link RequestLimits} before its body is read, and registers it with the watch over slow senders
 * and readers.
 */
@ApplicationScoped
class LimitFilter {
    /** Below authentication (200) and authorization (100): only requests of those who may ask are counted. */
    private static final int PRIORITY = 50;

    private static final long LOOK_EVERY_MILLIS = 1000;

    private final RequestLimits limits;
    private final SlowSenders slowSenders;
    private final SlowReaders slowReaders;
    private final Callers callers;

    LimitFilter(RequestLimits limits, SlowSenders slowSenders, SlowReaders slowReaders, Callers callers) {
        this.slowReaders = slowReaders;
        this.limits = limits;
        this.callers = callers;
        this.slowSenders = slowSenders;
    }

    void register(@Observes Filters filters, Vertx vertx) {
        filters.register(this::check, PRIORITY);
        vertx.setPeriodic(LOOK_EVERY_MILLIS, timer -> {
            slowSenders.look();
            slowReaders.look();
        });
    }

    private void check(RoutingContext context) {
        HttpServerRequest request = context.request();
        boolean changes = Callers.mayChangeSomething(request.method().name());
        RequestLimits.Decision decision = limits.decide(new RequestLimits.Request(
                callers.nameOf(context).orElse(null),
                context.normalizedPath(),
                changes,
                isMultipart(request.getHeader(HttpHeaders.CONTENT_TYPE)),
                bytes(request.getHeader(HttpHeaders.CONTENT_LENGTH))));
        if (decision.excess().isPresent()) {
            Excess excess = decision.excess().get();
            context.response().putHeader("Retry-After", Long.toString(excess.retryAfterSeconds()));
            Refusals.send(
                    context, Problem.of(429, excess.detail() + "; try again in " + excess.retryAfterSeconds() + " s"));
            return;
        }
        context.addEndHandler(end -> decision.release().run());
        SentAnswer answer = new SentAnswer(context);
        slowReaders.began(answer);
        context.addEndHandler(end -> slowReaders.ended(answer));
        if (changes && !request.isEnded()) {
            HeldBody body = new HeldBody(context);
            slowSenders.began(body);
            context.addEndHandler(end -> slowSenders.ended(body));
        }
        context.next();
    }

    private static boolean isMultipart(String mediaType) {
        return mediaType != null && mediaType.strip().toLowerCase(Locale.ROOT).startsWith("multipart/");
    }

    /** Negative where there is no number. */
    private static long bytes(String length) {
        return length != null && length.matches("\\d{1,18}") ? Long.parseLong(length) : -1;
    }

    /** By identity: each request is one. */
    private static final class HeldBody implements SlowSenders.Body {
        private final RoutingContext context;
        private final AtomicBoolean refused = new AtomicBoolean();

        private HeldBody(RoutingContext context) {
            this.context = context;
        }

        @Override
        public boolean isWhole() {
            return context.request().isEnded();
        }

        @Override
        public long bytesRead() {
            return context.request().bytesRead();
        }

        @Override
        public void refuse(String detail) {
            if (refused.compareAndSet(false, true)) {
                if (context.response().headWritten()) {
                    context.request().connection().close();
                    return;
                }
                context.response().putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
                context.addEndHandler(sent -> context.request().connection().close());
                Refusals.send(context, Problem.of(408, detail));
            }
        }
    }
}
