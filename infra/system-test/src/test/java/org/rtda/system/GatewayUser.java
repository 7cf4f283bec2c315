package org.rtda.system;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;

import io.restassured.http.ContentType;
import io.restassured.specification.RequestSpecification;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.awaitility.Awaitility;
import org.rtda.benchmarks.SmallDataset;

/**
 * What users ask of a gateway, as tests do it.
 *
 * @param gateway where it is, and who asks
 * @param patience how long a state is waited for
 */
record GatewayUser(RequestSpecification gateway, Duration patience) {
    /** The data set that {@link #importSmall} imports. */
    static final String DATASET = "small";

    private static final Map<String, Object> SPECIFICATION =
            Map.of("dataset", DATASET, "method", "rtda", "network", "resnet8", "epochs", 2, "batchSize", 16);

    /** Imports a data set of these counts. */
    void importSmall(Path folder, int train, int val, int test) {
        given(gateway)
                .multiPart("name", DATASET)
                .multiPart("file", SmallDataset.write(folder, train, val, test).toFile())
                .post("/api/v1/datasets")
                .then()
                .statusCode(201)
                .body("splits.train.count", equalTo(train));
    }

    /**
     * Submits an experiment on that data set: rtda with resnet8 for two epochs in batches of 16, but for what is given.
     *
     * @return its id
     */
    String submit(Map<String, Object> wanted) {
        Map<String, Object> specification = new HashMap<>(SPECIFICATION);
        specification.putAll(wanted);
        return given(gateway)
                .contentType(ContentType.JSON)
                .body(specification)
                .post("/api/v1/experiments")
                .then()
                .statusCode(201)
                .extract()
                .path("id");
    }

    void cancel(String id) {
        given(gateway).post("/api/v1/experiments/{id}/cancel", id).then().statusCode(202);
    }

    void awaitState(String id, String state) {
        Awaitility.await(id + " is " + state).atMost(patience).untilAsserted(() -> given(gateway)
                .get("/api/v1/experiments/{id}", id)
                .then()
                .statusCode(200)
                .body("status.state", equalTo(state)));
    }
}
