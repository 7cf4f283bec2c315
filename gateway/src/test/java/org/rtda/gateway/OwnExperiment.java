package org.rtda.gateway;

import static io.restassured.RestAssured.when;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.rtda.contracts.Topic;
import org.rtda.gateway.view.ViewEvents;

/** Tests of the gateway in which each test has an experiment of its own: they say on the topics what happens to it, and ask the gateway. */
abstract class OwnExperiment {
    static final String PROBLEM = "application/problem+json";

    private final String prefix;

    @ConfigProperty(name = "kafka.bootstrap.servers")
    String bootstrapServers;

    Topics topics;
    ViewEvents events;

    /** @param prefix of the ids of the experiments */
    OwnExperiment(String prefix) {
        this.prefix = prefix;
    }

    @BeforeAll
    static void patience() {
        Awaitility.setDefaultTimeout(Duration.ofMinutes(1));
    }

    @BeforeEach
    void anExperimentOfItsOwn() {
        topics = new Topics(bootstrapServers);
        events = new ViewEvents(prefix + "-" + UUID.randomUUID().toString().substring(0, 8));
    }

    @AfterEach
    void closeTopics() {
        topics.close();
    }

    /** Makes the experiment known to the gateway. */
    void submitted() {
        topics.send(Topic.EXPERIMENTS, events.submit());
        await().untilAsserted(() -> when().get(path("")).then().statusCode(200));
    }

    /** Of the experiment at the gateway, with what comes behind it. */
    String path(String rest) {
        return "/api/v1/experiments/" + events.experiment() + rest;
    }
}
