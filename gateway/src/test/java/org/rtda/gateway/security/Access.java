package org.rtda.gateway.security;

import java.util.Map;
import java.util.TreeMap;

/** Which role each operation needs, as a person would write it down; the test holds the gateway to it. */
final class Access {
    private Access() {}

    /** By method and path of the OpenAPI document. */
    static Map<String, AccessRole> table() {
        Map<String, AccessRole> table = new TreeMap<>();
        """
                DELETE /api/v1/datasets/{name}
                DELETE /api/v1/experiments/{id}
                DELETE /api/v1/tokens/{name}
                GET /api/v1/tokens
                POST /api/v1/read-model/rebuild
                POST /api/v1/tokens
                """.lines().forEach(operation -> table.put(operation, AccessRole.OWNER));
        """
                PATCH /api/v1/experiments/{id}
                POST /api/v1/datasets
                POST /api/v1/experiments
                POST /api/v1/experiments/{id}/cancel
                POST /api/v1/experiments/{id}/evaluations
                POST /api/v1/experiments/{id}/evaluations/{evaluation}/cancel
                POST /api/v1/weights
                """.lines().forEach(operation -> table.put(operation, AccessRole.OPERATOR));
        """
                GET /api/v1/comparisons
                GET /api/v1/datasets
                GET /api/v1/datasets/{name}
                GET /api/v1/datasets/{name}/samples
                GET /api/v1/datasets/{name}/versions
                GET /api/v1/dead-letters
                GET /api/v1/evaluations
                GET /api/v1/experiments
                GET /api/v1/experiments/{id}
                GET /api/v1/experiments/{id}/evaluations
                GET /api/v1/experiments/{id}/lineage
                GET /api/v1/experiments/{id}/model
                GET /api/v1/experiments/{id}/predictions
                GET /api/v1/experiments/{id}/report
                GET /api/v1/experiments/{id}/report.json
                GET /api/v1/experiments/{id}/results
                GET /api/v1/experiments/{id}/results/subgroups
                GET /api/v1/experiments/{id}/robustness
                GET /api/v1/experiments/{id}/specification
                GET /api/v1/experiments/{id}/training
                GET /api/v1/experiments/{id}/weights
                GET /api/v1/known
                GET /api/v1/metrics/stream
                GET /api/v1/read-model
                GET /api/v1/workers
                GET /api/v1/workers/{topic}
                GET /asyncapi.html
                GET /asyncapi.yaml
                POST /api/v1/experiments/{id}/card
                POST /api/v1/experiments/{id}/report
                """.lines().forEach(operation -> table.put(operation, AccessRole.VIEWER));
        return table;
    }
}
