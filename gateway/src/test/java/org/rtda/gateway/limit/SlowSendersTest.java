package org.rtda.gateway.limit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SlowSendersTest {
    private long nanos;
    private final SlowSenders senders = new SlowSenders(new Pace(Duration.ofSeconds(60), 1000), () -> nanos);

    private static final class Body implements SlowSenders.Body {
        private boolean whole;
        private long bytes;
        private final List<String> refused = new ArrayList<>();

        @Override
        public boolean isWhole() {
            return whole;
        }

        @Override
        public long bytesRead() {
            return bytes;
        }

        @Override
        public void refuse(String detail) {
            refused.add(detail);
        }
    }

    private void lookAt(int second) {
        nanos = Duration.ofSeconds(second).toNanos();
        senders.look();
    }

    @Test
    void anyBodyHasTheGraceAndMustThenComeWithTheLeastRate() {
        Body steady = new Body();
        Body trickling = new Body();
        senders.began(steady);
        senders.began(trickling);
        lookAt(60);
        assertThat(steady.refused).isEmpty();
        assertThat(trickling.refused).isEmpty();

        // a second after the grace two seconds' worth must be there
        steady.bytes = 2000;
        trickling.bytes = 1999;
        lookAt(61);
        assertThat(steady.refused).isEmpty();
        assertThat(trickling.refused)
                .containsExactly(
                        "the body came too slowly: 1999 bytes in 61 s; after 60 s it must come with 1000 bytes a"
                                + " second (rtda.limits.least-bytes-per-second)");

        steady.bytes = 41_000;
        lookAt(100);
        assertThat(steady.refused).isEmpty();
        lookAt(101);
        assertThat(steady.refused).hasSize(1);
        lookAt(200);
        assertThat(steady.refused).as("once").hasSize(1);
    }

    @Test
    void aBodyThatIsWholeOrARequestThatHasEndedIsLeftAlone() {
        Body whole = new Body();
        Body ended = new Body();
        senders.began(whole);
        senders.began(ended);
        whole.whole = true;
        senders.ended(ended);
        lookAt(1000);
        whole.whole = false;
        lookAt(2000);

        assertThat(whole.refused).isEmpty();
        assertThat(ended.refused).isEmpty();
    }
}
