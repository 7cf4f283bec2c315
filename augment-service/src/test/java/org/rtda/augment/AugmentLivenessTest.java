package org.rtda.augment;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponse.Status;
import org.junit.jupiter.api.Test;
import org.rtda.service.ProgressStore;
import org.rtda.service.WorkProgress;
import org.rtda.store.InMemoryArtifactStore;
import org.rtda.testkit.ConfigMappings;

class AugmentLivenessTest {
    private final AtomicLong now = new AtomicLong();
    private final WorkProgress progress = new WorkProgress(now::get);
    private final AugmentWiring wiring = new AugmentWiring();
    private final HealthCheck liveness = wiring.requestsMove(
            progress, ConfigMappings.of(AugmentConfig.class, Map.of("rtda.instance", "augment-1"), Map.of()));

    private void pass(Duration time) {
        now.addAndGet(time.toNanos());
    }

    @Test
    void aWorkerWhoseRequestDoesNotMoveForMoreThanAQuarterOfAnHourIsDead() {
        pass(Duration.ofHours(1));
        assertThat(liveness.call().getStatus()).as("without a request").isEqualTo(Status.UP);
        progress.taskBegan();
        pass(Duration.ofMinutes(15));
        assertThat(liveness.call().getStatus()).isEqualTo(Status.UP);
        pass(Duration.ofSeconds(1));

        HealthCheckResponse dead = liveness.call();
        assertThat(dead.getName()).isEqualTo("augment requests move");
        assertThat(dead.getStatus()).isEqualTo(Status.DOWN);
        assertThat(dead.getData())
                .hasValueSatisfying(data -> assertThat(data).containsEntry("seconds-without-movement", 901L));
    }

    @Test
    void anAnswerOfTheStoreIsAMovement() {
        ProgressStore store = new ProgressStore(new InMemoryArtifactStore(), progress);
        progress.taskBegan();
        pass(Duration.ofMinutes(14));
        store.find("datasets/d/manifest.json");
        pass(Duration.ofMinutes(14));

        assertThat(liveness.call().getStatus()).isEqualTo(Status.UP);
    }
}
