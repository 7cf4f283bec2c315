package org.rtda.gateway;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.http.ContentType;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.rtda.testkit.LocalStackResource;

/** A gateway that is open to one other origin. */
@QuarkusTest
@WithTestResource(LocalStackResource.class)
@TestProfile(CorsIT.Open.class)
class CorsIT {
    private static final String PORTAL = "https://portal.example.org";

    public static final class Open implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("quarkus.http.cors.enabled", "true", "quarkus.http.cors.origins", PORTAL);
        }
    }

    @Test
    void aPageOfTheNamedOriginReadsAndMayAskForChanges() {
        given().header("Origin", PORTAL)
                .get("/api/v1/known")
                .then()
                .statusCode(200)
                .header("Access-Control-Allow-Origin", PORTAL)
                .header("Access-Control-Expose-Headers", containsString("ETag"));
        given().header("Origin", PORTAL)
                .header("Access-Control-Request-Method", "POST")
                .options("/api/v1/experiments")
                .then()
                .statusCode(200)
                .header("Access-Control-Allow-Origin", PORTAL)
                .header("Access-Control-Allow-Methods", "POST");
        // refused for its value, not for its origin
        given().header("Origin", PORTAL)
                .contentType(ContentType.JSON)
                .body("{}")
                .post("/api/v1/experiments")
                .then()
                .statusCode(400);
    }

    @Test
    void aPageOfAThirdOriginStaysOutside() {
        given().header("Origin", "https://elsewhere.example.org")
                .get("/api/v1/known")
                .then()
                .statusCode(403)
                .header("Access-Control-Allow-Origin", nullValue());
    }
}
