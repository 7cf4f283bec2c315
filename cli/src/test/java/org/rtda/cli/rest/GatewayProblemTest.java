package org.rtda.cli.rest;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class GatewayProblemTest {
    private static final String TYPE = "application/problem+json";

    @Test
    void theDetailIsShownAsItIs() {
        assertThat(GatewayProblem.inOneLine(400, TYPE, """
                {"type":"about:blank","title":"Bad Request","status":400,
                 "detail":"epochs must be in [1, 10000], was 0","field":"epochs","value":"0","allowed":"in [1, 10000]"}""")).isEqualTo("epochs must be in [1, 10000], was 0");
    }

    @Test
    void whatTheDetailLeavesOutIsAdded() {
        assertThat(GatewayProblem.inOneLine(400, TYPE, """
                {"detail":"not allowed","field":"method","value":"magic","allowed":"one of [rtda, erm]"}"""))
                .isEqualTo("not allowed (field method, value magic, allowed: one of [rtda, erm])");
    }

    @Test
    void aTitleStandsForAMissingDetail() {
        assertThat(GatewayProblem.inOneLine(503, TYPE, "{\"title\":\"Service Unavailable\"}"))
                .isEqualTo("Service Unavailable");
    }

    @Test
    void anAnswerOfAnotherKindIsShownByItsFirstLine() {
        assertThat(GatewayProblem.inOneLine(502, "text/html", "<h1>Bad gateway</h1>\nmore"))
                .isEqualTo("the gateway answered with status 502: <h1>Bad gateway</h1>");
        assertThat(GatewayProblem.inOneLine(500, TYPE, "not json"))
                .isEqualTo("the gateway answered with status 500: not json");
        assertThat(GatewayProblem.inOneLine(500, "", "")).isEqualTo("the gateway answered with status 500");
    }
}
