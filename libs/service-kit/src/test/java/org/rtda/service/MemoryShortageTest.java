package org.rtda.service;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.rtda.messaging.FailureKind;

class MemoryShortageTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[enforce fail at alloc_cpu.cpp:117] err == 0. DefaultCPUAllocator: can't allocate memory: you tried to allocate"
                        + " 4096 bytes. Error code 12 (Cannot allocate memory)",
                "DefaultCPUAllocator: not enough memory: you tried to allocate 4096 bytes.",
                "CUDA out of memory. Tried to allocate 20.00 MiB",
                "CUDA error: CUBLAS_STATUS_ALLOC_FAILED when calling cublasCreate",
                "Error code - ORT_RUNTIME_EXCEPTION - message: Non-zero status code. Failed to allocate memory for requested buffer"
                        + " of size 4096",
                "std::bad_alloc"
            })
    void whatNativeCodeSaysOfAShortageIsOneHoweverDeepItIs(String words) {
        assertThat(MemoryShortage.isIn(new IllegalStateException(words))).isTrue();
        assertThat(MemoryShortage.isIn(new IllegalStateException(
                        "ONNX Runtime failed", new IllegalStateException(new RuntimeException(words)))))
                .isTrue();
    }

    @Test
    void javasOwnShortageIsOne() {
        assertThat(MemoryShortage.isIn(
                        new IllegalStateException(new OutOfMemoryError("Cannot reserve 4096 bytes of direct buffer"))))
                .isTrue();
    }

    @Test
    void otherFailuresAreNone() {
        assertThat(MemoryShortage.isIn(new IllegalStateException((String) null)))
                .isFalse();
        assertThat(MemoryShortage.isIn(new IllegalArgumentException("loss is not finite")))
                .isFalse();
    }

    /** A request that never fits must come to its end. */
    @Test
    void whoeverMeetsOneLeavesTheWorkToOthersButNotForEver() {
        assertThat(FailureKind.of(new MemoryShortageException("no memory", null)))
                .isEqualTo(FailureKind.UNKNOWN);
    }
}
