package org.rtda.contracts.dataset;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.rtda.contracts.EventCodec;

class ObjectRefTest {
    @Test
    void oneWithoutTheFastSumIsReadAndWrittenAsEver() {
        String text = "{\"key\":\"a\",\"sha256\":\"00\",\"sizeBytes\":3}";
        ObjectRef ref = EventCodec.read(text.getBytes(UTF_8), ObjectRef.class);

        assertThat(ref).isEqualTo(new ObjectRef("a", "00", 3));
        assertThat(EventCodec.write(ref)).asString(UTF_8).isEqualTo(text);
    }

    @Test
    void theFastSumIsOneFieldMore() {
        ObjectRef ref = new ObjectRef("a", "00", 3, "e3069283");

        assertThat(EventCodec.write(ref))
                .asString(UTF_8)
                .isEqualTo("{\"key\":\"a\",\"sha256\":\"00\",\"sizeBytes\":3,\"crc32c\":\"e3069283\"}");
        assertThat(EventCodec.read(EventCodec.write(ref), ObjectRef.class)).isEqualTo(ref);
    }
}
