package org.rtda.nn.onnx;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.rtda.core.network.Layer;
import org.rtda.core.network.NetworkArchitecture;

/**
 * What an exported model says about itself, so that whoever has only the file can feed it and read its answer. Each value is
 * text; lists and objects are written as JSON.
 */
public final class ModelMetadata {
    /** Key of the class names, a JSON array in the order of the logits. */
    public static final String CLASSES = "classes";
    /** Key of the order of the input's dimensions: batch, channels, height, width. */
    public static final String INPUT_LAYOUT = "input_layout";
    /** Key of the pixels' range, a JSON array of the lowest and the highest value. */
    public static final String INPUT_RANGE = "input_range";
    /**
     * Key of what the model's first layer does to the pixels, a JSON object with {@code mean} and {@code deviation}, one value a
     * channel: {@code (x - mean) / deviation}. Whoever runs the model must not do it again.
     */
    public static final String NORMALIZATION = "built_in_normalization";

    private static final ObjectMapper JSON = new ObjectMapper();

    private ModelMetadata() {}

    /**
     * Of a network that tells these classes apart.
     *
     * @param classNames by label
     * @throws IllegalArgumentException when there is not one name for each class
     */
    public static Map<String, String> of(NetworkArchitecture architecture, List<String> classNames) {
        if (classNames.size() != architecture.classes()) {
            throw new IllegalArgumentException("classNames must hold one for each of the " + architecture.classes()
                    + " classes of the network, held " + classNames.size());
        }
        return Map.of(
                CLASSES,
                json(classNames),
                INPUT_LAYOUT,
                "NCHW",
                INPUT_RANGE,
                "[0,1]",
                NORMALIZATION,
                json(normalization(architecture)));
    }

    /** By name, empty for a network that takes the pixels as they are. */
    private static Map<String, List<Float>> normalization(NetworkArchitecture architecture) {
        return architecture.layers().get(0) instanceof Layer.Normalization first
                ? new TreeMap<>(Map.of("mean", first.mean(), "deviation", first.deviation()))
                : Map.of();
    }

    private static String json(Object value) {
        try {
            return JSON.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("lists of names and numbers can be written as JSON", e);
        }
    }
}
