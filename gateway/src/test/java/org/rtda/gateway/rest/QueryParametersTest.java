package org.rtda.gateway.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.sse.Sse;
import java.util.List;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.junit.jupiter.api.Test;
import org.rtda.gateway.problem.ProblemException;

class QueryParametersTest {
    @SuppressWarnings("unused")
    static void resource(
            @RestPath String id, @RestQuery String format, @RestQuery("class") String eachClass, @Context Sse sse) {}

    @SuppressWarnings("unused")
    static void paged(@RestQuery String state, @BeanParam PageParameters place) {}

    @Test
    void areTheOnesThatAMethodDeclaresUnderTheNamesThatPeopleGive() throws Exception {
        assertThat(QueryParameters.declaredBy(QueryParametersTest.class.getDeclaredMethod(
                        "resource", String.class, String.class, String.class, Sse.class)))
                .containsOnlyKeys("format", "class");
    }

    @Test
    void thoseOfABeanAreDeclaredByItsFields() throws Exception {
        assertThat(QueryParameters.declaredBy(
                        QueryParametersTest.class.getDeclaredMethod("paged", String.class, PageParameters.class)))
                .containsOnlyKeys("state", "limit", "cursor");
    }

    @Test
    void aValueIsOfItsTypeAndGivenOnce() {
        QueryParameters.check("files", boolean.class, List.of("true"));
        QueryParameters.check("perClass", int.class, List.of("-7"));
        QueryParameters.check("condition", List.class, List.of("a", "b"));
        assertRefused("files", boolean.class, List.of("yes"), "true or false");
        assertRefused("cursor", String.class, List.of(""), "not empty, or absent");
        assertRefused("perClass", int.class, List.of("8.0"), "a whole number");
        assertRefused("perClass", int.class, List.of("12345678901"), "a whole number");
        assertRefused("limit", String.class, List.of("1", "2"), "given once");
    }

    private static void assertRefused(String name, Class<?> type, List<String> values, String allowed) {
        assertThatThrownBy(() -> QueryParameters.check(name, type, values))
                .isInstanceOfSatisfying(ProblemException.class, e -> {
                    assertThat(e.status()).isEqualTo(400);
                    assertThat(e.problem().field()).isEqualTo(name);
                    assertThat(e.problem().allowed()).isEqualTo(allowed);
                });
    }
}
