package org.rtda.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.propagation.ContextPropagators;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jboss.logging.MDC;
import org.junit.jupiter.api.Test;
import org.rtda.contracts.AugmentRequest;
import org.rtda.contracts.ImageSource;
import org.rtda.contracts.dataset.DatasetRef;
import org.rtda.contracts.dataset.ObjectRef;
import org.rtda.contracts.settings.AugMixSettings;
import org.rtda.contracts.settings.PreAugmentation;

class RequestWorkTest {
    private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
    private static final String SENDER = "00f067aa0ba902b7";
    private static final AugmentRequest REQUEST = new AugmentRequest(
            "exp/2/6/augmix/1",
            Instant.EPOCH,
            1,
            "exp",
            "trainer-1",
            2,
            6,
            "augmix",
            1,
            new ImageSource(
                    new DatasetRef("small", new ObjectRef("datasets/small/manifest.json", "0".repeat(64), 1)),
                    "train",
                    new int[] {0},
                    new PreAugmentation(false, 0),
                    1,
                    6),
            new AugMixSettings(3, null, 3.0, 1.0, true),
            1);

    private final InMemorySpanExporter spans = InMemorySpanExporter.create();
    private final OpenTelemetry telemetry = OpenTelemetrySdk.builder()
            .setTracerProvider(SdkTracerProvider.builder()
                    .addSpanProcessor(SimpleSpanProcessor.create(spans))
                    .build())
            .setPropagators(ContextPropagators.create(W3CTraceContextPropagator.getInstance()))
            .build();
    private final ConsumerRecord<String, byte[]> received =
            new ConsumerRecord<>("augment-requests", 0, 0, "key", new byte[0]);

    @Test
    void theWorkIsASpanInTheTraceOfTheRecordItCameWith() {
        received.headers()
                .add("traceparent", ("00-" + TRACE + "-" + SENDER + "-01").getBytes(StandardCharsets.US_ASCII));

        RequestWork.begin(telemetry, "make augmented images", received, REQUEST).close();

        assertThat(spans.getFinishedSpanItems()).singleElement().satisfies(span -> {
            assertThat(span.getName()).isEqualTo("make augmented images");
            assertThat(span.getTraceId()).isEqualTo(TRACE);
            assertThat(span.getParentSpanId()).isEqualTo(SENDER);
            assertThat(span.getAttributes().get(AttributeKey.longKey("rtda.step")))
                    .isEqualTo(7);
        });
    }

    @Test
    void aFailureIsTheSpansStatus() {
        try (RequestWork work = RequestWork.begin(telemetry, "make augmented images", received, REQUEST)) {
            work.failed(new IllegalStateException("no such data set"));
        }

        assertThat(spans.getFinishedSpanItems())
                .singleElement()
                .satisfies(span -> assertThat(span.getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR));
    }

    @Test
    void linesLoggedDuringTheWorkNameExperimentAttemptAndStepAndLaterOnesDoNot() {
        try (RequestWork work = RequestWork.begin(OpenTelemetry.noop(), "any", received, REQUEST)) {
            assertThat(work).isNotNull();
            assertThat(MDC.get("experiment")).isEqualTo("exp");
            assertThat(MDC.get("attempt")).isEqualTo("2");
            assertThat(MDC.get("step")).isEqualTo("7");
        }

        assertThat(MDC.get("experiment")).isNull();
        assertThat(MDC.get("attempt")).isNull();
        assertThat(MDC.get("step")).isNull();
    }
}
