package org.rtda.messaging;

import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.rtda.contracts.BatchRequest;

/**
 * The work on one request, by the calling thread: fields of its log lines, and a span in the trace that the request's record
 * carries. Without a tracer the span is none.
 */
public final class RequestWork implements AutoCloseable {
    private static final TextMapGetter<ConsumerRecord<?, ?>> HEADERS = new TextMapGetter<>() {
        @Override
        public Iterable<String> keys(ConsumerRecord<?, ?> received) {
            return Arrays.stream(received.headers().toArray()).map(Header::key).toList();
        }

        @Override
        public String get(ConsumerRecord<?, ?> received, String name) {
            return EventRecords.headerOf(received, name);
        }
    };

    private final Span span;

    private RequestWork(Span span) {
        this.span = span;
    }

    /** @param name of the span, for example {@code craft adversarial images} */
    public static RequestWork begin(
            OpenTelemetry telemetry, String name, ConsumerRecord<?, ?> received, BatchRequest request) {
        LogContext.request(request);
        Context trace = telemetry.getPropagators().getTextMapPropagator().extract(Context.root(), received, HEADERS);
        return new RequestWork(telemetry
                .getTracer("org.rtda")
                .spanBuilder(name)
                .setParent(trace)
                .setAttribute("rtda.experiment", request.experimentId())
                .setAttribute("rtda.attempt", request.attempt())
                .setAttribute("rtda.step", request.step() + 1)
                .setAttribute("rtda.view", request.view())
                .setAttribute("rtda.shard", request.shard())
                .startSpan());
    }

    /** Writes a trace into the headers of a request, where {@link #begin} finds it. */
    public static void carry(OpenTelemetry telemetry, Context trace, ProducerRecord<String, byte[]> asked) {
        telemetry.getPropagators().getTextMapPropagator().inject(trace, asked, (to, name, value) -> to.headers()
                .add(name, value.getBytes(StandardCharsets.UTF_8)));
    }

    /** Cannot be answered. */
    public void failed(Throwable reason) {
        span.setStatus(StatusCode.ERROR).recordException(reason);
    }

    @Override
    public void close() {
        span.end();
        LogContext.clear();
    }
}
