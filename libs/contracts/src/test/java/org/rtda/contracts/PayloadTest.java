package org.rtda.contracts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.rtda.contracts.check.InvalidFieldException;
import org.rtda.contracts.dataset.ObjectRef;

class PayloadTest {
    private static final ObjectRef OBJECT = new ObjectRef("transient/a.f32", "00", 24);

    @Test
    void holdsFourBytesForEachValueOfItsShape() {
        assertThat(new Payload(new long[] {1, 2, 3}, "00", new byte[24], null).inline())
                .hasSize(24);
        assertThat(new Payload(new long[] {1, 2, 3}, "00", null, OBJECT).object())
                .isEqualTo(OBJECT);
        assertThatThrownBy(() -> new Payload(new long[] {1, 2, 3}, "00", new byte[20], null))
                .hasMessage("payload (size in bytes) must be 24, four for each value of the shape, was 20");
        assertThatThrownBy(() -> new Payload(new long[] {1, 2, 4}, "00", null, OBJECT))
                .hasMessage("payload (size in bytes) must be 32, four for each value of the shape, was 24");
    }

    @Test
    void isInlineOrInTheStoreAndNotBoth() {
        assertThatThrownBy(() -> new Payload(new long[] {6}, "00", new byte[24], OBJECT))
                .hasMessage("payload must be exactly one of the two, was both inline and object");
        assertThatThrownBy(() -> new Payload(new long[] {6}, "00", null, null))
                .hasMessage("payload must be exactly one of the two, was neither inline nor object");
    }

    @Test
    void aShapeThatOverflowsIsRefused() {
        assertThatThrownBy(() -> new Payload(new long[] {1L << 32, 1L << 32}, "00", new byte[0], null))
                .isInstanceOf(InvalidFieldException.class)
                .hasMessage("payload.shape must be in [1, 536870911], was 4294967296");
        assertThatThrownBy(() -> new Payload(new long[] {3, -2}, "00", new byte[24], null))
                .isInstanceOf(InvalidFieldException.class);
    }
}
