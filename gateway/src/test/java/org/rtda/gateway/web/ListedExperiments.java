package org.rtda.gateway.web;

import static io.restassured.RestAssured.given;

import io.restassured.path.json.JsonPath;
import io.restassured.specification.RequestSpecification;
import java.util.List;

/** What the gateway lists. A page reads the whole list once a minute, so a test waits for it before it opens the page. */
final class ListedExperiments {
    private static final int PAGE = 200;

    private ListedExperiments() {}

    /** How many experiments whose id begins so are listed. */
    static long beginningWith(String prefix) {
        long found = 0;
        String cursor = null;
        do {
            RequestSpecification asked = given().queryParam("limit", PAGE).queryParam("fields", "id");
            if (cursor != null) {
                asked.queryParam("cursor", cursor);
            }
            JsonPath page = asked.get("/api/v1/experiments")
                    .then()
                    .statusCode(200)
                    .extract()
                    .jsonPath();
            List<String> ids = page.getList("experiments.id");
            found += ids.stream().filter(id -> id.startsWith(prefix)).count();
            cursor = page.getString("next");
        } while (cursor != null);
        return found;
    }
}
