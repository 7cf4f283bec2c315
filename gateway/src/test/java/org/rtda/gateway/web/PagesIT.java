package org.rtda.gateway.web;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.support.ui.ExpectedConditions;
import org.openqa.selenium.support.ui.Select;
import org.rtda.contracts.ExperimentStatus.State;
import org.rtda.contracts.dataset.DatasetRef;
import org.rtda.gateway.PictureArchive;
import org.rtda.testkit.Axe;
import org.rtda.testkit.LocalStackResource;

/** The pages over a real gateway, as people use them: by mouse, by keyboard, in the dark, on a phone. */
@QuarkusTest
@WithTestResource(LocalStackResource.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class PagesIT extends PagesInBrowser {
    private static final int MANY = 1000;

    private DatasetRef dataset;

    @BeforeAll
    void fill(@TempDir Path folder) throws IOException {
        dataset = fixture.send(folder);
        topics.flush();
        // a page does not ask again for what is said not to be there
        browser.await().until(driver -> isKnown(PageFixture.PLAIN));
        open("experiments/" + PageFixture.PLAIN);
        see("gate failed");
    }

    @BeforeEach
    void asUsual() {
        browser.prefers("light");
        browser.size(1440, 900);
    }

    private void open(String place) {
        browser.driver().get("about:blank");
        browser.driver().get(gateway + "#/" + place);
        ready();
    }

    private void ready() {
        browser.await().until(driver -> (Boolean) browser.driver()
                .executeScript("const main = document.getElementById('main');"
                        + " return main?.querySelector('h1') != null && !main.innerText.includes('Reading …')"));
    }

    private WebElement find(String selector) {
        return browser.await().until(ExpectedConditions.presenceOfElementLocated(By.cssSelector(selector)));
    }

    private void click(String selector) {
        browser.await()
                .until(ExpectedConditions.elementToBeClickable(By.cssSelector(selector)))
                .click();
    }

    private String address() {
        return (String) browser.driver().executeScript("return location.hash");
    }

    // ---- every page

    /** First, so that pictures show the fixture's experiments and not what other tests have left. */
    @Order(1)
    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "experiments, experiments, rtda",
        "experiment, experiments/" + PageFixture.ROBUST + ", Figures stand",
        "failed-gate, experiments/" + PageFixture.PLAIN + ", Not all figures stand",
        "training, experiments/" + PageFixture.TRAINING + ", training",
        "compare, 'compare?experiments=" + PageFixture.ROBUST + "," + PageFixture.PLAIN + "', shown: higher",
        "datasets, datasets, " + PageData.DATASET,
        "dataset, datasets/" + PageData.DATASET + ", Provenance",
        "new, new?dataset=" + PageData.DATASET + ", Gradients of images",
        "evaluate, evaluate, 2 of 2",
        "workers, workers, attack worker"
    })
    void aPageIsReadableByEverybodyInLightAndDarkAndOnAPhone(String name, String place, String shown) {
        // what a browser said of other tests is not about this page
        complaints();
        for (String scheme : List.of("light", "dark")) {
            for (int width : new int[] {1440, 390}) {
                browser.prefers(scheme);
                browser.size(width, width == 390 ? 844 : 900);
                open(place);
                see(shown);
                browser.picture(name + "-" + scheme + (width == 390 ? "-phone" : ""));
                assertThat(violations()).as(name + ", " + scheme + ", " + width).isEmpty();
                assertThat(browser.pixelsBeside())
                        .as("pixels beside a screen of " + width)
                        .isZero();
            }
        }
        assertThat(complaints()).isEmpty();
    }

    /** States that the fixture does not have, or not for long: what a page asks for is answered in the browser. */
    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "no-experiment, experiments, 'new Response(`{\"experiments\":[],\"next\":null}`)', No experiment yet.",
        "no-experiment-found, experiments?q=nothing-like-it, null, 0 of ",
        "failed-experiment, experiments/" + PageFixture.FAILED + ", null, Failed: loss is not finite",
        "no-data-set, datasets, 'new Response(`[]`)', No data set yet.",
        "no-evaluation, evaluate, 'new Response(`{\"experiments\":[],\"evaluations\":[],\"next\":null}`)', No evaluation has been asked for by name.",
        "signed-out, experiments/" + PageFixture.ROBUST
                + ", 'new Response(``, { status: 499 })', You are signed out. Sign in again",
        "signed-out-form, new, 'new Response(`{}`, { status: 401 })', You are signed out. Sign in again",
        "gateway-away, datasets, Promise.reject(new TypeError()), The gateway does not answer.",
        "refused, 'compare?experiments=" + PageFixture.ROBUST + ",exp-none', null, Trying again."
    })
    void aRareStateOfAPageIsReadableByEverybody(String name, String place, String answer, String shown) {
        String stub = answer.equals("null") ? "" : "globalThis.fetch = async () => " + answer + ";";
        Object script = browser.driver()
                .executeCdpCommand("Page.addScriptToEvaluateOnNewDocument", Map.of("source", stub))
                .get("identifier");
        try {
            for (String scheme : List.of("light", "dark")) {
                for (int width : new int[] {1440, 390}) {
                    browser.prefers(scheme);
                    browser.size(width, width == 390 ? 844 : 900);
                    browser.driver().get("about:blank");
                    browser.driver().get(gateway + "#/" + place);
                    browser.await()
                            .until(ExpectedConditions.textToBePresentInElementLocated(By.tagName("body"), shown));
                    browser.picture(name + "-" + scheme + (width == 390 ? "-phone" : ""));
                    assertThat(violations())
                            .as(name + ", " + scheme + ", " + width)
                            .isEmpty();
                    assertThat(browser.pixelsBeside())
                            .as("pixels beside a screen of " + width)
                            .isZero();
                }
            }
        } finally {
            browser.driver()
                    .executeCdpCommand("Page.removeScriptToEvaluateOnNewDocument", Map.of("identifier", script));
        }
    }

    @Test
    void theApisPageIsReachedFromAPhone() {
        browser.size(390, 844);
        open("experiments");
        assertThat(find("header a[href='/q/swagger-ui/']").isDisplayed()).isTrue();
    }

    private List<String> violations() {
        return Axe.violations(browser);
    }

    /** What the browser itself says is wrong: a refused script or style, a file that is not there, an error. */
    private List<String> complaints() {
        return browser.driver().manage().logs().get(LogType.BROWSER).getAll().stream()
                .filter(entry -> entry.getLevel().intValue() >= java.util.logging.Level.SEVERE.intValue())
                .map(entry -> entry.getMessage())
                .toList();
    }

    // ---- what people do

    @Test
    void whatIsSearchedAndSortedStandsInTheAddressAndComesBackWithIt() {
        open("experiments");
        see(PageFixture.ROBUST);
        find("#search").sendKeys("erm");
        browser.await().until(driver -> address().contains("q=erm"));
        click("[data-sort=attacked]");
        assertThat(address()).contains("sort=attacked").contains("down=true");
        String kept = address();
        open(kept.substring(2));
        see(PageFixture.PLAIN);
        assertThat(find("#main").getText()).doesNotContain(PageFixture.ROBUST);
        assertThat(find("th[aria-sort]").getText()).contains("Attacked");
    }

    @Test
    void theBackButtonLeadsToTheListAsItWas() {
        open("experiments?q=rtda");
        click("a[href='#/experiments/" + PageFixture.ROBUST + "']");
        see("Figures stand");
        browser.driver().navigate().back();
        ready();
        assertThat(address()).isEqualTo("#/experiments?q=rtda");
        assertThat(find("#search").getDomProperty("value")).isEqualTo("rtda");
    }

    @Test
    void runsThatDifferInTheirSeedAreOneRowOnRequest() {
        open("experiments?method=rtda");
        see("experiments");
        click("#group");
        see("seeds");
        assertThat(address()).contains("group=true");
    }

    @Test
    void byKeyboardAloneOneGoesFromTheListToAReport() {
        open("experiments?q=" + PageFixture.ROBUST);
        see(PageFixture.ROBUST);
        browser.driver().switchTo().activeElement().sendKeys(Keys.TAB, Keys.ENTER);
        assertThat(browser.driver().switchTo().activeElement().getDomAttribute("id"))
                .isEqualTo("main");
        tabTo("#/experiments/" + PageFixture.ROBUST);
        see("Figures stand");
        tabTo("/report");
        browser.await().until(ExpectedConditions.urlContains("/report"));
    }

    /** Presses Tab until a link to there has the focus, and then Enter. */
    private void tabTo(String href) {
        for (int i = 0; i < 120; i++) {
            WebElement focused = browser.driver().switchTo().activeElement();
            String to = focused.getDomAttribute("href");
            if (to != null && to.endsWith(href)) {
                focused.sendKeys(Keys.ENTER);
                return;
            }
            focused.sendKeys(Keys.TAB);
        }
        throw new AssertionError("no link to " + href + " can be reached by Tab");
    }

    @Test
    void aFailedGateSaysWhyAndWhichFiguresFall() {
        open("experiments/" + PageFixture.PLAIN);
        see("10 steps leave 0.612, 100 steps 0.431");
        see("Figures that do not stand: pgd-l2-10@0.5, pgd-l2-10@1");
        assertThat(browser.driver().findElements(By.cssSelector(".value.falls")))
                .hasSize(1);
    }

    @Test
    void whatTheChartsShowIsAlsoInTablesForWhoCannotSeeThem() {
        open("experiments/" + PageFixture.ROBUST);
        see("Reliability under clean");
        click("section:has(#smoothing) details summary");
        see("Time: waiting for attack workers");
        assertThat(find("[aria-label^='The training by epoch']").getText())
                .contains("Balanced accuracy, clean", "Loss: jensen-shannon");
        click("section:has([aria-label^='Bins: Reliability under clean']) details summary");
        see("0.600");
        // 280 of 320 are right: all of 256 sure ones, and 24 of 64 others
        assertThat(find("[aria-label^='Bins: Reliability under clean']").getText())
                .contains("0.950 1.000", "0.600 0.375");
        assertThat(violations()).isEmpty();
    }

    @Test
    void stepsThatComeAreAppendedAndNothingIsDrawnAnew() {
        String id = "exp-live00000001";
        PageRun run = fixture.run(id, "rtda", 9, 0.8, dataset, 400)
                .submit()
                .train(1, 20)
                .status(State.RUNNING, 20, null);
        topics.flush();
        open("experiments/" + id);
        browser.await().until(driver -> browser.driver()
                .executeScript("return document.querySelector('canvas') != null")
                .equals(true));
        see("20 of 160");
        browser.driver().executeScript("document.querySelector('canvas').dataset.kept = 'yes'");
        Object elements = elementsOfCharts();
        run.train(21, 60).status(State.RUNNING, 60, null);
        topics.flush();
        see("60 of 160");
        assertThat(browser.driver().executeScript("return document.querySelector('canvas').dataset.kept"))
                .isEqualTo("yes");
        // what comes goes into the charts that there are
        assertThat(elementsOfCharts()).isEqualTo(elements);
    }

    private Object elementsOfCharts() {
        return browser.driver().executeScript("return document.querySelectorAll('.chart *').length");
    }

    @Test
    void aRunIsSubmittedFromAnEarlierOneAndThenCancelled() {
        open("new?from=" + PageFixture.ROBUST);
        WebElement seed = find("#field-seed");
        seed.clear();
        seed.sendKeys("77");
        click("button[type=submit]");
        browser.await().until(driver -> address().startsWith("#/experiments/exp-"));
        see("queued");
        click("button.danger");
        browser.await().until(ExpectedConditions.alertIsPresent()).accept();
        see("Cancelling");
    }

    @Test
    void anExperimentIsNamedAndTaggedAndFoundByIt() {
        open("experiments/" + PageFixture.FAILED);
        click("details.note summary");
        find("#describe-name").sendKeys("first try");
        find("#describe-tags").sendKeys("warm-up, lost");
        click("details.note button");
        browser.await().until(ExpectedConditions.textToBePresentInElementLocated(By.cssSelector("h1"), "first try"));
        open("experiments?tag=lost");
        see("first try");
        assertThat(browser.driver().findElements(By.cssSelector("tbody tr"))).hasSize(1);
    }

    @Test
    void aValueThatIsNotAllowedIsSaidAtItsFieldBeforeAnythingIsSent() {
        open("new?dataset=" + PageData.DATASET);
        find("#field-epochs").sendKeys("0");
        click("button[type=submit]");
        assertThat(find("#field-epochs-wrong").getText()).isEqualTo("Must be a whole number from 1 to 10000.");
        assertThat(find("#field-epochs").getDomAttribute("aria-invalid")).isEqualTo("true");
        assertThat(address()).startsWith("#/new");
    }

    @Test
    void anEvaluationIsAskedForListedAndCancelled() {
        open("evaluate?experiment=" + PageFixture.ROBUST);
        browser.await().until(driver -> new Select(find("#of"))
                .getFirstSelectedOption()
                .getText()
                .contains(PageFixture.ROBUST));
        find("#name").sendKeys("again");
        click("button[type=submit]");
        see("Asked for " + PageFixture.ROBUST + "/epoch-00008/again");
        see("waiting");
        click("tbody button.danger");
        browser.await().until(ExpectedConditions.alertIsPresent()).accept();
        see("cancelling");
    }

    /** Nothing is evaluated in the place of what was asked for. */
    @Test
    void anExperimentThatCannotBeEvaluatedIsNotReplacedByAnother() {
        open("evaluate?experiment=exp-none");
        browser.await().until(driver -> new Select(find("#of"))
                .getFirstSelectedOption()
                .getText()
                .equals("exp-none is not there or has no checkpoint yet"));
        assertThat(find("#of").getDomProperty("value")).isEmpty();
    }

    @Test
    void whatIsNotThereIsSaidToBeNoExperiment() {
        open("experiments/exp-none");
        see("No such experiment");
    }

    /** As after a gateway's start, which reads what there is before it knows it. */
    @Test
    void whatTheGatewayHearsOfLaterIsShownThen() {
        open("experiments/exp-late00000001");
        see("No such experiment");
        fixture.run("exp-late00000001", "rtda", 5, 0.8, dataset, 405).submit();
        topics.flush();
        see("queued");
    }

    @Test
    void ticksStandInTheAddress() {
        open("experiments?q=" + PageFixture.ROBUST);
        click("tbody input[type=checkbox]");
        assertThat(address()).contains("ticked=" + PageFixture.ROBUST);
        open(address().substring(2));
        assertThat(find("tbody input[type=checkbox]").isSelected()).isTrue();
    }

    @Test
    void aDataSetIsImportedByItsForm(@TempDir Path folder) throws IOException {
        open("datasets");
        find("#import-name").sendKeys("by-form");
        find("#import-file")
                .sendKeys(new PageData(store)
                        .npz(folder.resolve("images.npz"))
                        .toAbsolutePath()
                        .toString());
        click("button[type=submit]");
        browser.await().until(driver -> address().equals("#/datasets/by-form"));
        see("Images by split and class");
    }

    @Test
    void anArchiveOfPicturesIsImportedByTheFormAndReported(@TempDir Path folder) throws IOException {
        open("datasets");
        find("#import-name").sendKeys("by-archive");
        find("#import-file")
                .sendKeys(new PictureArchive()
                        .classes(10)
                        .file("well/broken.png", new byte[] {1, 2, 3})
                        .write(folder.resolve("pictures.zip"))
                        .toAbsolutePath()
                        .toString());
        find("#import-side").sendKeys("16");
        click("button[type=submit]");
        see("1 file left out");
        see("well/broken.png: ");
        assertThat(find("a[href='#/datasets/by-archive']").getText()).isEqualTo("by-archive");
        given().get(path("/datasets/by-archive"))
                .then()
                .statusCode(200)
                .body("width", equalTo(16))
                .body("preparation.findings.refusedFiles", equalTo(1));
    }

    @Test
    void samplesAreShownAsImportedAsAugMixChangesThemAndAsAnAttackDoes() {
        open("datasets/" + PageData.DATASET);
        new Select(find("#view")).selectByValue("augmix-difference");
        click("section:has(#view) button");
        browser.await().until(driver -> (Boolean) browser.driver()
                .executeScript("const image = document.querySelector('img.samples');"
                        + " return image !== null && image.complete && image.naturalWidth > 0"));
        new Select(find("#against")).selectByValue(PageFixture.ROBUST);
        click("section:has(#against) summary");
        find("section:has(#against) .views img");
        assertThat(violations()).isEmpty();
    }

    @Test
    void aThousandExperimentsAreListedByPagesAndSearched() {
        fixture.sendMany(MANY, dataset);
        topics.flush();
        browser.await().until(driver -> ListedExperiments.beginningWith("exp-many") == MANY);
        open("experiments");
        browser.await().until(driver -> find(".found").getText().startsWith("1,0"));
        assertThat(browser.driver().findElements(By.cssSelector("tbody tr"))).hasSize(100);
        click("[aria-label='Page 2']");
        assertThat(browser.driver().switchTo().activeElement().getDomAttribute("aria-label"))
                .isEqualTo("Page 2");
        find("#search").sendKeys("many00000999");
        see("1 of 1,0");
        assertThat(browser.driver().findElements(By.cssSelector("tbody tr"))).hasSize(1);
    }

    // ---- what a browser is told

    @Test
    void nothingButThePagesOwnFilesIsLoaded() {
        given().get("/")
                .then()
                .statusCode(200)
                .header("Content-Security-Policy", containsString("default-src 'self';"))
                .header("Content-Security-Policy", not(containsString("unsafe")))
                .header("Content-Security-Policy", containsString("frame-ancestors 'none'"))
                .header("X-Content-Type-Options", equalTo("nosniff"))
                .header("Referrer-Policy", equalTo("no-referrer"));
        given().get("/app/main.js").then().statusCode(200).header("X-Content-Type-Options", equalTo("nosniff"));
        assertThat(given().get(path("/experiments/" + PageFixture.ROBUST + "/report"))
                        .headers()
                        .getValues("Content-Security-Policy"))
                .containsExactly(
                        "default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'none'");
        assertThat(given().accept("*/*").get("/q/swagger-ui/").headers().getValues("Content-Security-Policy"))
                .hasSize(1);
    }

    private boolean isKnown(String experiment) {
        // the port that given() takes by itself is not set before the first test
        return given().port(gateway.getPort())
                        .get(path("/experiments/" + experiment))
                        .statusCode()
                == 200;
    }

    private static String path(String rest) {
        return "/api/v1" + rest;
    }
}
