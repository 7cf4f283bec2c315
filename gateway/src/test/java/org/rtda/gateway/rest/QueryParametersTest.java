package org.rtda.gateway.rest;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.sse.Sse;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.junit.jupiter.api.Test;

class QueryParametersTest {
    @SuppressWarnings("unused")
    static void resource(
            @RestPath String id, @RestQuery String format, @RestQuery("class") String eachClass, @Context Sse sse) {}

    @Test
    void areTheOnesThatAMethodDeclaresUnderTheNamesThatPeopleGive() throws Exception {
        assertThat(QueryParameters.declaredBy(QueryParametersTest.class.getDeclaredMethod(
                        "resource", String.class, String.class, String.class, Sse.class)))
                .containsExactly("format", "class");
    }
}
