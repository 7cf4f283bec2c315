package org.rtda.gateway.problem;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProblemTest {
    @Test
    void whatACallerSentIsNotSentBackAtItsWholeLength() {
        Problem problem =
                ProblemException.badValue("name", "x".repeat(200_000), "short").problem();

        assertThat(problem.detail())
                .startsWith("name must be short, was xxx")
                .hasSize(2003)
                .endsWith("x...");
        assertThat(problem.value()).hasSize(503);
        assertThat(problem.allowed()).isEqualTo("short");
    }

    @Test
    void whatIsShortStaysAsItIs() {
        Problem problem = ProblemException.badValue("name", "y", "short").problem();

        assertThat(problem.detail()).isEqualTo("name must be short, was y");
        assertThat(problem.value()).isEqualTo("y");
    }

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
