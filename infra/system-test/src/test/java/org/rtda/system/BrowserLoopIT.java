package org.rtda.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openqa.selenium.By;
import org.openqa.selenium.support.ui.ExpectedConditions;
import org.rtda.benchmarks.PackagedService;
import org.rtda.benchmarks.SmallDataset;
import org.rtda.core.ImageBatch;
import org.rtda.messaging.TopicAdmin;
import org.rtda.nn.onnx.OnnxClassifier;
import org.rtda.testkit.Browser;
import org.rtda.testkit.LocalStack;

/** The whole loop as a person goes through it in a browser, over all five services. */
@EnabledIfSystemProperty(named = "rtda.long", matches = "true", disabledReason = "takes minutes: -Drtda.long=true")
class BrowserLoopIT {
    private static final Duration TRAINING = Duration.ofMinutes(5);

    @TempDir
    static Path folder;

    private static final List<PackagedService> services = new ArrayList<>();
    private static Browser browser;

    private UserInput hand;

    @BeforeAll
    static void start() {
        browser = Browser.open();
        LocalStack stack = LocalStack.shared();
        TopicAdmin.ensure(stack.bootstrapServers(), Duration.ofSeconds(30));
        PackagedService.BackingServices backing = PackagedService.BackingServices.of(stack, "browser-loop", folder);
        for (String service :
                List.of("gateway", "trainer-service", "augment-service", "attack-service", "evaluator-service")) {
            services.add(PackagedService.start(service, service + "-browser", backing));
        }
        services.forEach(PackagedService::awaitReady);
        browser.size(1440, 900);
    }

    @AfterAll
    static void stop() {
        services.forEach(PackagedService::close);
        if (browser != null) {
            browser.close();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"mouse", "keyboard"})
    void aPersonGoesFromFilesToAReportAndAModel(String means) throws IOException {
        hand = means.equals("mouse") ? new UserInput.Mouse(browser) : new UserInput.Keyboard(browser);
        Path downloads = Files.createDirectory(folder.resolve("downloads-" + means));
        browser.downloadInto(downloads);
        browser.driver().get(services.get(0).base() + "/");
        browser.driver().executeScript("globalThis.opened = 'once'");

        imports("small-" + means);
        String robust = trains("rtda", "1");
        browser.picture("loop-" + means);
        String plain = runsAgain("erm", "2", "24");
        compares(robust, plain);
        opens(plain);
        readsAFailedGate(runsAgain("erm", "3", "1"));
        evaluatesAndCancels(robust);
        // the pages were one document all the while
        assertThat(browser.driver().executeScript("return globalThis.opened")).isEqualTo("once");
        downloads(robust, downloads);
    }

    private static By css(String selector) {
        return By.cssSelector(selector);
    }

    private static By text(String tag, String text) {
        return By.xpath("//main//" + tag + "[normalize-space(.)='" + text + "']");
    }

    private static void see(String text) {
        see(text, Duration.ofMinutes(1));
    }

    private static void see(String text, Duration patience) {
        browser.await(patience).until(ExpectedConditions.textToBePresentInElementLocated(By.id("main"), text));
    }

    private static String address() {
        return (String) browser.driver().executeScript("return location.hash");
    }

    private static void arrive(String begins) {
        browser.await().until(driver -> address().startsWith(begins));
    }

    private void imports(String name) {
        hand.press(css("#pages a[href='#/datasets']"));
        see("Import");
        hand.write(css("#import-name"), name);
        hand.attach(css("#import-file"), SmallDataset.write(folder, 64, 16, 24));
        hand.press(css("#main button[type=submit]"));
        arrive("#/datasets/" + name);
        see("Images by split and class");
        hand.press(text("a", "Train on it"));
        arrive("#/new?dataset=" + name);
    }

    private String trains(String method, String seed) {
        hand.choose(css("#field-method"), method);
        hand.choose(css("#field-network"), "resnet8");
        hand.write(css("#field-epochs"), "2");
        hand.write(css("#field-batchSize"), "16");
        hand.write(css("#field-seed"), seed);
        hand.write(css("#field-attack-steps"), "2");
        hand.press(text("summary", "Evaluation"));
        hand.write(css("#field-evaluation-quickImages"), "8");
        hand.write(css("#field-evaluation-attackSteps"), "2");
        hand.write(css("#field-evaluation-epsilons"), "0.25, 0.5");
        return submits();
    }

    private String submits() {
        hand.press(css("#main button[type=submit]"));
        arrive("#/experiments/exp-");
        String id = address().substring("#/experiments/".length());
        // steps come while it trains, and figures after it; nothing is asked for by the person
        browser.await(TRAINING).until(ExpectedConditions.presenceOfElementLocated(css(".chart canvas")));
        see("on test images, with 95% intervals", TRAINING);
        return id;
    }

    /** @param testImages of one there is no balanced accuracy, so a gate fails */
    private String runsAgain(String method, String seed, String testImages) {
        hand.press(By.xpath("//main//a[starts-with(@href, '#/new?from=')]"));
        arrive("#/new?from=");
        hand.choose(css("#field-method"), method);
        hand.write(css("#field-seed"), seed);
        hand.press(text("summary", "Evaluation"));
        hand.write(css("#field-evaluation-testImages"), testImages);
        return submits();
    }

    private void compares(String one, String other) {
        hand.press(css("#pages a[href='#/experiments']"));
        hand.press(css("input[data-ids='" + one + "']"));
        hand.press(css("input[data-ids='" + other + "']"));
        hand.press(text("a", "Compare 2"));
        arrive("#/compare");
        see("Figures and differences");
        see("Specifications");
    }

    private void opens(String id) {
        hand.press(css("#pages a[href='#/experiments']"));
        hand.press(css("tbody a[href='#/experiments/" + id + "']"));
        arrive("#/experiments/" + id);
    }

    private void readsAFailedGate(String id) {
        opens(id);
        see("Not all figures stand");
        see("every class is tested");
        see("Figures that do not stand: clean");
    }

    private void evaluatesAndCancels(String id) {
        opens(id);
        hand.press(text("a", "Evaluate"));
        arrive("#/evaluate");
        hand.choose(css("#suite"), "full");
        hand.press(text("button", "Evaluate"));
        see("Asked for " + id + "/epoch-00002/full");
        // a full evaluation has some hundred conditions: it is far from its end
        hand.press(css("tbody button.danger"));
        browser.await().until(ExpectedConditions.alertIsPresent()).accept();
        see("cancelled", Duration.ofMinutes(3));
        hand.choose(css("#suite"), "quick");
        hand.write(css("#name"), "again");
        hand.press(text("button", "Evaluate"));
        see("Asked for " + id + "/epoch-00002/again");
        browser.await(TRAINING)
                .until(ExpectedConditions.visibilityOfElementLocated(By.xpath(
                        "//main//tr[contains(., '" + id + "') and contains(., 'again') and contains(., 'done')]")));
    }

    private void downloads(String id, Path into) throws IOException {
        opens(id);
        hand.press(text("a", "Results as CSV"));
        hand.press(text("a", "Model (ONNX)"));
        assertThat(Files.readString(downloaded(into, ".csv"))).contains("balanced-accuracy", "gaussian-noise");
        try (OnnxClassifier model = OnnxClassifier.load(Files.readAllBytes(downloaded(into, ".onnx")), 1)) {
            int side = SmallDataset.SIDE;
            assertThat(model.logits(new ImageBatch(1, 1, side, side, new float[side * side])))
                    .hasDimensions(1, 2);
        }
        hand.press(text("a", "Report"));
        browser.await().until(ExpectedConditions.urlContains("/report"));
        assertThat(browser.driver().findElement(By.tagName("body")).getText()).contains("In short", id);
    }

    /** A file that is not complete has another name. */
    private static Path downloaded(Path folder, String ending) {
        return Awaitility.await(ending)
                .atMost(Duration.ofMinutes(1))
                .until(
                        () -> {
                            try (Stream<Path> files = Files.list(folder)) {
                                return files.filter(file -> file.toString().endsWith(ending))
                                        .findFirst()
                                        .orElse(null);
                            }
                        },
                        file -> file != null);
    }
}
