package org.rtda.gateway.rest;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class AllowedMethodsTest {
    private final AllowedMethods methods = new AllowedMethods(List.of(
            ExperimentListResource.class, ExperimentResource.class, EvaluationResource.class, MetricsResource.class));

    @Test
    void areThoseThatAnyResourceDeclaresForThePath() {
        assertThat(methods.at("/api/v1/experiments")).containsExactly("GET", "HEAD", "OPTIONS", "POST");
        assertThat(methods.at("/api/v1/experiments/exp-1"))
                .containsExactly("DELETE", "GET", "HEAD", "OPTIONS", "PATCH");
        assertThat(methods.at("/api/v1/experiments/exp-1/results")).containsExactly("GET", "HEAD", "OPTIONS");
        assertThat(methods.at("/api/v1/experiments/exp-1/cancel")).containsExactly("OPTIONS", "POST");
    }

    @Test
    void aParameterMayHaveSlashesWhereItSaysSo() {
        assertThat(methods.at("/api/v1/experiments/exp-1/evaluations/epoch-00003/full/cancel"))
                .containsExactly("OPTIONS", "POST");
        assertThat(methods.at("/api/v1/experiments/exp-1/epoch-00003/results")).isEmpty();
    }

    @Test
    void anEndlessAnswerIsNotAskedForWithoutItsContent() {
        assertThat(methods.at("/api/v1/metrics/stream")).containsExactly("GET", "OPTIONS");
    }

    @Test
    void thereAreNoneWhereThereIsNothing() {
        assertThat(methods.at("/api/v1/experiment")).isEmpty();
        assertThat(methods.at("/")).isEmpty();
    }
}
