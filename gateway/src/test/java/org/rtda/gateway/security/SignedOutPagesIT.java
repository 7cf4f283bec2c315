package org.rtda.gateway.security;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URL;
import java.util.List;
import java.util.Map;
import no.nav.security.mock.oauth2.MockOAuth2Server;
import no.nav.security.mock.oauth2.token.DefaultOAuth2TokenCallback;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.By;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.support.ui.ExpectedConditions;
import org.rtda.testkit.Browser;
import org.rtda.testkit.LocalStackResource;

/** The pages of a person whose session at the OpenID provider ends while they look at them. */
@QuarkusTest
@WithTestResource(LocalStackResource.class)
@WithTestResource(SignInResource.class)
class SignedOutPagesIT {
    private static final int HOUR_SECONDS = 3600;

    @TestHTTPResource("/")
    URL gateway;

    MockOAuth2Server provider;

    private Browser browser;

    @BeforeEach
    void openBrowser() {
        browser = Browser.open();
    }

    @AfterEach
    void closeBrowser() {
        if (browser != null) {
            browser.close();
        }
    }

    private void nextIsAViewer() {
        provider.enqueueCallback(new DefaultOAuth2TokenCallback(
                SignInResource.ISSUER,
                "alice",
                "JWT",
                List.of(SignInResource.CLIENT),
                Map.of("hospital", Map.of("roles", List.of("viewer"))),
                HOUR_SECONDS));
    }

    private void see(String text) {
        browser.await().until(ExpectedConditions.textToBePresentInElementLocated(By.id("main"), text));
    }

    @Test
    void theyAreToldSoAndComeBackToTheSamePageByTheLink() {
        nextIsAViewer();
        browser.driver().get(gateway + "#/workers");
        see("Dead letters");
        assertThat(browser.driver().findElement(By.id("trouble")).isDisplayed()).isFalse();

        browser.driver().manage().deleteAllCookies();
        WebElement link = browser.await()
                .until(ExpectedConditions.elementToBeClickable(By.cssSelector("#trouble a[href^='/?at=']")));
        assertThat(browser.driver().findElement(By.id("trouble")).getText())
                .isEqualTo("You are signed out. Sign in again");

        nextIsAViewer();
        link.click();
        browser.await().until(ExpectedConditions.stalenessOf(link));
        see("Dead letters");
        assertThat(browser.driver().getCurrentUrl()).isEqualTo(gateway + "#/workers");
        assertThat(browser.driver().findElement(By.id("trouble")).isDisplayed()).isFalse();
    }
}
