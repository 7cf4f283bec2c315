package org.rtda.trainer.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.rtda.contracts.AugmentRequest;
import org.rtda.contracts.BatchRequest;
import org.rtda.contracts.ImageSource;
import org.rtda.contracts.TrainingMetric;
import org.rtda.contracts.dataset.DatasetRef;
import org.rtda.contracts.dataset.ObjectRef;
import org.rtda.contracts.settings.AugMixSettings;
import org.rtda.contracts.settings.PreAugmentation;

class StepTracesTest {
    private final InMemorySpanExporter spans = InMemorySpanExporter.create();
    private final StepTraces traces = new StepTraces(SdkTracerProvider.builder()
            .addSpanProcessor(SimpleSpanProcessor.create(spans))
            .build()
            .get("test"));

    private String traceOf(long step, int shard) {
        return Span.fromContext(traces.of(request(step, shard)))
                .getSpanContext()
                .getTraceId();
    }

    private SpanData span(String name) {
        return spans.getFinishedSpanItems().stream()
                .filter(span -> span.getName().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static BatchRequest request(long step, int shard) {
        DatasetRef dataset = new DatasetRef("small", new ObjectRef("datasets/small/manifest.json", "0".repeat(64), 1));
        return new AugmentRequest(
                BatchRequest.idOf("exp", 1, step, "augmix", shard),
                Instant.EPOCH,
                1,
                "exp",
                "trainer-1",
                1,
                step,
                "augmix",
                shard,
                new ImageSource(dataset, "train", new int[] {0}, new PreAugmentation(false, 0), 1, step),
                new AugMixSettings(3, null, 3.0, 1.0, true),
                1);
    }

    private static TrainingMetric metric(long step) {
        return TrainingMetric.builder()
                .id("exp/1/step/" + step)
                .time(Instant.now())
                .experimentId("exp")
                .attempt(1)
                .step(step)
                .totalSteps(10)
                .epoch(1)
                .learningRate(0.1)
                .loss(0.5)
                .terms(Map.of())
                .accuracy(Map.of())
                .stepMillis(250)
                .waitMillis(100)
                .build();
    }

    @Test
    void theRequestsOfAStepAndItsOptimiserStepShareATraceWhichIsNotTheNextSteps() {
        String first = traceOf(0, 0);
        assertThat(traceOf(0, 1)).isEqualTo(first);
        assertThat(traceOf(1, 0)).isNotEqualTo(first);

        traces.stepTaken(metric(1));

        assertThat(spans.getFinishedSpanItems()).hasSize(2).allSatisfy(span -> assertThat(span.getTraceId())
                .isEqualTo(first));
        assertThat(span("optimiser step").getParentSpanId())
                .isEqualTo(span("training step").getSpanId());
    }

    @Test
    void theOptimisersSpanIsTheStepWithoutItsWait() {
        traceOf(0, 0);
        traces.stepTaken(metric(1));

        SpanData optimiser = span("optimiser step");
        assertThat(optimiser.getEndEpochNanos() - optimiser.getStartEpochNanos())
                .isEqualTo(150_000_000L);
    }

    @Test
    void aStepThatAskedNobodyHasNoTrace() {
        traces.stepTaken(metric(1));
        assertThat(spans.getFinishedSpanItems()).isEmpty();
    }

    @Test
    void whatNobodyWaitsForAnyMoreEnds() {
        traceOf(0, 0);
        traceOf(1, 0);
        traces.forgetAll();
        assertThat(spans.getFinishedSpanItems()).hasSize(2);
    }
}
