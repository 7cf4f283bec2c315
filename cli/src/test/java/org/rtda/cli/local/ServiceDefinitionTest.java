package org.rtda.cli.local;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ServiceDefinitionTest {
    private static ServiceDefinition service(String name, long memoryGibibytes) {
        return ServiceDefinition.all(1, 1, memoryGibibytes << 30).stream()
                .filter(service -> service.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    /**
     * The gateway accepts a run by 35 % of the machine's memory: a trainer that had less would die of it. 35 % of 16 GiB are 5734 MiB. A
     * batch of 1,024 grey images of 224 x 224 passes through 196 MiB outside of the heap.
     */
    @ParameterizedTest
    @CsvSource({"4, 2560", "16, 5734", "256, 30720"})
    void aTrainerHasTheHeapAndTheBuffersThatRunsAreAcceptedBy(long gibibytes, int megabytes) {
        ServiceDefinition trainer = service("trainer-service", gibibytes);

        assertThat(trainer.mostHeapMegabytes()).isEqualTo(megabytes);
        assertThat(trainer.directMegabytes()).isEqualTo(megabytes);
    }

    /** 30 GiB of heap are 35 % of 85.7 GiB. */
    @Test
    void runsAreAcceptedByNoMoreMemoryThanGoesWithTheLargestHeap() {
        assertThat(ServiceDefinition.trainerMemory(64L << 30)).isEqualTo(64L << 30);
        assertThat(ServiceDefinition.trainerMemory(256L << 30)).isEqualTo((30L << 30) * 100 / 35);
    }

    @Test
    void anAttackWorkerMayPassABatchAsLargeAsItsHeap() {
        ServiceDefinition worker = service("attack-service", 16);

        assertThat(worker.directMegabytes())
                .isEqualTo(worker.mostHeapMegabytes())
                .isEqualTo(1280);
    }
}
