package org.rtda.gateway.web;

import io.quarkus.test.common.http.TestHTTPResource;
import jakarta.inject.Inject;
import java.net.URL;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.openqa.selenium.By;
import org.openqa.selenium.support.ui.ExpectedConditions;
import org.rtda.gateway.Topics;
import org.rtda.store.ArtifactStore;
import org.rtda.testkit.Browser;

/** Tests of the pages over a real gateway, in one browser for all tests of a class. */
abstract class PagesInBrowser {
    @TestHTTPResource("/")
    URL gateway;

    @Inject
    ArtifactStore store;

    @ConfigProperty(name = "kafka.bootstrap.servers")
    String bootstrapServers;

    Topics topics;
    PageFixture fixture;
    Browser browser;

    @BeforeAll
    void openBrowser() {
        browser = Browser.open();
        topics = new Topics(bootstrapServers);
        fixture = new PageFixture(store, topics::sendLater);
    }

    @AfterAll
    void close() {
        if (browser != null) {
            browser.close();
            topics.close();
        }
    }

    /** Waits until the page shows the text. */
    void see(String text) {
        browser.await().until(ExpectedConditions.textToBePresentInElementLocated(By.id("main"), text));
    }
}
