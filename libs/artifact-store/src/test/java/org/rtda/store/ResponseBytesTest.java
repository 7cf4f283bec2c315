package org.rtda.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.minio.GetObjectResponse;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.OptionalLong;
import okhttp3.Headers;
import org.junit.jupiter.api.Test;

class ResponseBytesTest {
    private static final int ENOUGH = 100;

    private static InputStream body(int... values) {
        byte[] bytes = new byte[values.length];
        for (int i = 0; i < values.length; i++) {
            bytes[i] = (byte) values[i];
        }
        return new ByteArrayInputStream(bytes);
    }

    @Test
    void aBodyIsReadWithAndWithoutItsLength() throws IOException {
        assertThat(ResponseBytes.read(body(1, 2, 3), OptionalLong.of(3), ENOUGH))
                .containsExactly(1, 2, 3);
        assertThat(ResponseBytes.read(body(1, 2, 3), OptionalLong.empty(), ENOUGH))
                .containsExactly(1, 2, 3);
        assertThat(ResponseBytes.read(body(), OptionalLong.of(0), ENOUGH)).isEmpty();
    }

    @Test
    void ofALongerOneNoMoreThanWanted() throws IOException {
        assertThat(ResponseBytes.read(body(1, 2, 3), OptionalLong.of(3), 2)).containsExactly(1, 2);
        assertThat(ResponseBytes.read(body(1, 2, 3), OptionalLong.empty(), 2)).containsExactly(1, 2);
    }

    @Test
    void bytesThatComeInPiecesAreAllRead() throws IOException {
        InputStream oneByOne = new FilterInputStream(body(1, 2, 3)) {
            @Override
            public int read(byte[] into, int offset, int length) throws IOException {
                return super.read(into, offset, Math.min(1, length));
            }
        };
        assertThat(ResponseBytes.read(oneByOne, OptionalLong.of(3), ENOUGH)).containsExactly(1, 2, 3);
    }

    @Test
    void aBodyThatEndsEarlyIsAFailureAndNotAShorterObject() {
        assertThatThrownBy(() -> ResponseBytes.read(body(1, 2), OptionalLong.of(3), ENOUGH))
                .isInstanceOf(EOFException.class)
                .hasMessage("the object ended after 2 of 3 bytes");
    }

    @Test
    void theLengthIsTheAnswersOwn() {
        assertThat(ResponseBytes.length(answer(Headers.of("Content-Length", "3"))))
                .hasValue(3);
        assertThat(ResponseBytes.length(answer(Headers.of()))).isEmpty();
    }

    private static GetObjectResponse answer(Headers headers) {
        return new GetObjectResponse(headers, "bucket", "region", "object", body());
    }
}
