package org.rtda.gateway.problem;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProblemTest {
    @ParameterizedTest
    @CsvSource({
        "400, Bad Request",
        "404, Not Found",
        "409, Conflict",
        "421, Misdirected Request",
        "503, Service Unavailable"
    })
    void aProblemIsCalledAsItsStatus(int status, String title) {
        assertThat(Problem.of(status, "why").title()).isEqualTo(title);
    }
}
