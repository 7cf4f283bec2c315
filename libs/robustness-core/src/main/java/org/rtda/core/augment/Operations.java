package org.rtda.core.augment;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The operations of AugMix in the order of the reference code. */
final class Operations {
    private static final List<Operation> BASIC = List.of(
            new AutoContrast(),
            new Equalize(),
            new Posterize(),
            new Rotate(),
            new Solarize(),
            new ShearX(),
            new ShearY(),
            new TranslateX(),
            new TranslateY());
    private static final List<Operation> ENHANCING =
            List.of(new ContrastOperation(), new BrightnessOperation(), new Sharpness());
    private static final Operation COLOR = new Color();

    private Operations() {}

    /**
     * What a chain draws from.
     *
     * @param channels 1 or 3; color is for RGB alone, on grey it would change nothing
     * @param all with the enhancing operations
     */
    static List<Operation> forImages(int channels, boolean all) {
        List<Operation> chosen = new ArrayList<>(BASIC);
        if (all) {
            chosen.addAll(ENHANCING);
            if (channels == 3) {
                chosen.add(COLOR);
            }
        }
        return List.copyOf(chosen);
    }

    static Operation named(String name) {
        return everyOne()
                .filter(operation -> operation.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "no operation is called '" + name + "'; known are " + String.join(", ", names())));
    }

    static List<String> names() {
        return everyOne().map(Operation::name).toList();
    }

    private static Stream<Operation> everyOne() {
        return Stream.concat(Stream.concat(BASIC.stream(), ENHANCING.stream()), Stream.of(COLOR));
    }
}
