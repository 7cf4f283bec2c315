package org.rtda.gateway.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.rtda.contracts.check.InvalidFieldException;
import org.rtda.testkit.ConfigMappings;

class RequestLimitsTest {
    private long nanos;
    private final RequestLimits limits = limits(Map.of(
            "rtda.limits.uploads", "3",
            "rtda.limits.uploads-of-one", "2",
            "rtda.limits.upload-space-bytes", "1000",
            "rtda.limits.downloads", "2",
            "rtda.limits.downloads-of-one", "1",
            "rtda.limits.downloads-per-minute", "3",
            "rtda.limits.streams-of-one", "2",
            "rtda.limits.commands-per-minute", "6"));

    private RequestLimits limits(Map<String, String> settings) {
        return new RequestLimits(config(settings).limits(), 600, () -> nanos);
    }

    private static LimitsConfig config(Map<String, String> settings) {
        return ConfigMappings.of(LimitsConfig.class, Map.of(), new HashMap<>(settings));
    }

    private void pass(Duration time) {
        nanos += time.toNanos();
    }

    private RequestLimits.Decision upload(String caller, long bytes) {
        return limits.decide(new RequestLimits.Request(caller, "/api/v1/datasets", true, true, bytes));
    }

    private RequestLimits.Decision download(String caller) {
        return limits.decide(new RequestLimits.Request(caller, "/api/v1/experiments/e1/model", false, false, -1));
    }

    private RequestLimits.Decision command(String caller) {
        return limits.decide(new RequestLimits.Request(caller, "/api/v1/experiments", true, false, 10));
    }

    private static void assertRefused(RequestLimits.Decision decision, String reason, long seconds) {
        assertThat(decision.excess().orElseThrow().detail()).contains(reason);
        assertThat(decision.excess().orElseThrow().retryAfterSeconds()).isEqualTo(seconds);
    }

    private static void assertTaken(RequestLimits.Decision decision) {
        assertThat(decision.excess()).isEmpty();
    }

    @Test
    void aCallerHasTwoUploadsAndAllTogetherThree() {
        RequestLimits.Decision first = upload("ann", 10);
        assertTaken(first);
        assertTaken(upload("ann", 10));
        assertRefused(upload("ann", 10), "a caller may have 2 uploads at once (rtda.limits.uploads-of-one)", 5);
        assertTaken(upload("bob", 10));
        assertRefused(upload("bob", 10), "the gateway serves 3 uploads at once (rtda.limits.uploads)", 5);
        assertThat(limits.uploadsUnderWay()).isEqualTo(3);

        first.release().run();
        first.release().run();

        assertThat(limits.uploadsUnderWay()).as("a place is given back once").isEqualTo(2);
        assertTaken(upload("bob", 10));
    }

    @Test
    void uploadsShareTheDiskAndOneThatDoesNotSayItsSizeTakesTheLargest() {
        RequestLimits.Decision unsaid = upload("ann", -1);
        assertTaken(unsaid);
        assertTaken(upload("ann", 400));
        assertRefused(upload("bob", 1), "1000 bytes of disk at once, and this one of 1 finds no room", 5);

        unsaid.release().run();

        assertTaken(upload("bob", 600));
    }

    @Test
    void theLargestUploadHasRoomWhateverTheSettingAndALongerOneIsForOthersToRefuse() {
        RequestLimits narrow = limits(Map.of("rtda.limits.upload-space-bytes", "10"));
        RequestLimits.Decision longer =
                narrow.decide(new RequestLimits.Request("ann", "/api/v1/datasets", true, true, 9_000_000));
        assertTaken(longer);
        longer.release().run();

        assertTaken(narrow.decide(new RequestLimits.Request("ann", "/api/v1/datasets", true, true, 600)));
    }

    @Test
    void aCallerHasTwoEventStreamsAndWhereNobodySignsInThereIsNoBound() {
        RequestLimits.Decision first = stream("ann");
        assertTaken(first);
        assertTaken(stream("ann"));
        assertRefused(stream("ann"), "a caller may have 2 event streams at once (rtda.limits.streams-of-one)", 5);
        assertTaken(stream("bob"));
        first.release().run();
        assertTaken(stream("ann"));
        for (int i = 0; i < 3; i++) {
            assertTaken(stream(null));
        }
    }

    private RequestLimits.Decision stream(String caller) {
        return limits.decide(new RequestLimits.Request(caller, "/api/v1/metrics/stream", false, false, -1));
    }

    @Test
    void downloadsAreBoundedAtOnceAndInAMinute() {
        RequestLimits.Decision first = download("ann");
        assertTaken(first);
        assertRefused(download("ann"), "a caller may have 1 downloads of models and weights at once", 5);
        first.release().run();
        for (int i = 0; i < 2; i++) {
            RequestLimits.Decision further = download("ann");
            assertTaken(further);
            further.release().run();
        }
        // three begun in this minute: the next token is there after a third of a minute
        assertRefused(download("ann"), "may begin 3 downloads of models and weights in a minute", 20);
        pass(Duration.ofSeconds(19));
        assertRefused(download("ann"), "may begin 3 downloads", 1);
        assertTaken(download("bob"));
        pass(Duration.ofSeconds(1));
        assertTaken(download("ann"));
    }

    @Test
    void commandsHaveAQuotaForEachTokenAndReadsNone() {
        List<RequestLimits.Decision> first = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            first.add(command("ann"));
        }
        assertThat(first).allMatch(decision -> decision.excess().isEmpty());
        assertRefused(command("ann"), "ann may send 6 requests that change something in a minute", 10);
        assertTaken(command("bob"));
        assertTaken(limits.decide(new RequestLimits.Request("ann", "/api/v1/experiments", false, false, -1)));
        pass(Duration.ofSeconds(10));
        assertTaken(command("ann"));
        assertRefused(command("ann"), "ann may send", 10);
        pass(Duration.ofHours(1));
        for (int i = 0; i < 6; i++) {
            assertTaken(command("ann"));
        }
        assertRefused(command("ann"), "ann may send", 10);
    }

    @Test
    void withoutSignInThereIsNoTokenToHaveAQuota() {
        for (int i = 0; i < 100; i++) {
            assertTaken(command(null));
        }
        assertTaken(upload(null, 10));
        assertTaken(upload(null, 10));
        assertRefused(upload(null, 10), "a caller may have 2 uploads at once", 5);
    }

    @Test
    void aReleasedPlaceLeavesNothingOfTheCaller() {
        Places places = new Places(1, 1, 100);
        assertThat(places.take("ann", 100)).isEqualTo(Places.Answer.TAKEN);
        assertThat(places.take("bob", 1)).isEqualTo(Places.Answer.ALL_TAKEN);
        places.release("ann", 100);
        assertThat(places.take("ann", 100)).isEqualTo(Places.Answer.TAKEN);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            rtda.limits.uploads|0|in [1, 1000]
            rtda.limits.uploads-of-one|0|in [1, 1000]
            rtda.limits.upload-space-bytes|0|at least 1
            rtda.limits.downloads|0|in [1, 10000]
            rtda.limits.downloads-of-one|0|in [1, 10000]
            rtda.limits.downloads-per-minute|0|in [1, 1000000]
            rtda.limits.commands-per-minute|0|in [1, 1000000]
            rtda.limits.least-bytes-per-second|0|in [1, 1073741824]
            rtda.limits.slow-sender-grace|PT0S|more than PT0S
            """)
    void aValueThatIsNotAllowedIsNamedWithWhatIs(String key, String value, String allowed) {
        assertThatThrownBy(() -> LimitsConfig.check(config(Map.of(key, value))))
                .isInstanceOf(InvalidFieldException.class)
                .hasMessageStartingWith(key + " must be " + allowed);
    }
}
