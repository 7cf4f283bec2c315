package org.rtda.gateway.limit;

import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;

/** The answer to a request. By identity: each request has one. */
final class SentAnswer implements SlowReaders.Answer {
    private final RoutingContext context;

    SentAnswer(RoutingContext context) {
        this.context = context;
    }

    @Override
    public boolean waitsForReader() {
        HttpServerResponse response = context.response();
        try {
            return response.headWritten() && !response.ended() && !response.closed() && response.writeQueueFull();
        } catch (IllegalStateException e) {
            // it ended on another thread meanwhile
            return false;
        }
    }

    @Override
    public long bytesWritten() {
        return context.response().bytesWritten();
    }

    @Override
    public void giveUp() {
        context.request().connection().close();
    }
}
