package org.rtda.nn.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.UnknownFieldSet;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.rtda.core.Seed;
import org.rtda.core.network.Initialization;
import org.rtda.core.network.NetworkArchitecture;

class OnnxModelCheckTest {
    /** Number of the field in ONNX's own description (onnx.proto). */
    private static final int FUNCTIONS = 25;

    private static final byte[] SOUND = sound();

    private static byte[] sound() {
        NetworkArchitecture network = NetworkArchitecture.named("resnet8", 1, 8, 8, 2);
        return OnnxExport.write(network, Initialization.weights(network, new Seed(5)), Map.of("note", "sound"));
    }

    private static byte[] changed(Consumer<ModelProto.Builder> change) {
        try {
            ModelProto.Builder model = ModelProto.parseFrom(SOUND).toBuilder();
            change.accept(model);
            return model.build().toByteArray();
        } catch (InvalidProtocolBufferException e) {
            throw new AssertionError(e);
        }
    }

    private static void assertRefused(Consumer<ModelProto.Builder> change, String reason) {
        assertThatThrownBy(() -> OnnxClassifier.load(changed(change), 1))
                .isInstanceOf(InvalidOnnxModelException.class)
                .hasMessageContaining(reason);
    }

    private static AttributeProto.Builder conv(ModelProto.Builder model, String attribute) {
        return model.getGraphBuilder().getNodeBuilderList().stream()
                .filter(node -> node.getOpType().equals("Conv"))
                .findFirst()
                .orElseThrow()
                .getAttributeBuilderList()
                .stream()
                .filter(each -> each.getName().equals(attribute))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void weightsThatLieInAnotherFileAreNotRead() {
        assertRefused(
                model -> model.getGraphBuilder()
                        .getInitializerBuilder(0)
                        .clearRawData()
                        .setDataLocation(TensorProto.DataLocation.EXTERNAL)
                        .addExternalData(StringStringEntryProto.newBuilder()
                                .setKey("location")
                                .setValue("/etc/hostname")),
                "lies in another file; only what stands in the model is read");
    }

    @Test
    void operatorsThatThisProjectDoesNotWriteAreNotRun() {
        assertRefused(
                model -> model.getGraphBuilder().getNodeBuilder(0).setOpType("ConstantOfShape"),
                "the model uses the operator :ConstantOfShape");
        assertRefused(
                model -> model.getGraphBuilder().getNodeBuilder(0).setDomain("com.example"),
                "the model uses the operator com.example:Sub");
        assertRefused(
                model -> model.setUnknownFields(UnknownFieldSet.newBuilder()
                        .addField(
                                FUNCTIONS,
                                UnknownFieldSet.Field.newBuilder()
                                        .addLengthDelimited(ByteString.copyFromUtf8("own"))
                                        .build())
                        .build()),
                "parts that are not read (fields [25]), such as functions of its own");
    }

    @Test
    void aGraphInAnAttributeIsRefused() {
        assertRefused(
                model -> model.getGraphBuilder()
                        .getNodeBuilder(0)
                        .addAttribute(AttributeProto.newBuilder()
                                .setName("body")
                                .setType(AttributeProto.AttributeType.GRAPH)
                                .setG(GraphProto.newBuilder())),
                "body must be a number or a few, is a tensor or a graph");
    }

    @Test
    void paddingThatWouldMakeAPictureOfATerabyteIsRefused() {
        assertRefused(model -> conv(model, "pads").setInts(0, 1_000_000), ".pads must be in [0, 8192], was 1000000");
        assertRefused(model -> conv(model, "strides").setInts(0, -1), ".strides must be in [0, 8192], was -1");
    }

    @Test
    void aConstantHasTheBytesOfItsShape() {
        assertRefused(
                model -> model.getGraphBuilder().getInitializerBuilder(0).setDims(0, 1L << 62),
                "has a shape too large");
        assertRefused(model -> model.getGraphBuilder().getInitializerBuilder(0).addDims(2), "bytes, has");
        assertRefused(model -> model.getGraphBuilder().getInitializerBuilder(0).setDataType(8), "must be float32");
    }

    /** 120 damaged models, from fixed seeds, half of them damaged in the part that is not weights. */
    @Test
    void damagedModelsAreRunOrRefused() {
        int run = 0;
        for (int seed = 0; seed < 120; seed++) {
            byte[] model = damaged(new Random(seed));
            try (OnnxClassifier classifier = OnnxClassifier.load(model, 1)) {
                assertThat(classifier.classes()).as("seed " + seed).isBetween(2, 1 << 20);
                run++;
            } catch (InvalidOnnxModelException e) {
                assertThat(e.getMessage()).as("seed " + seed).isNotBlank();
            }
        }
        assertThat(run)
                .as("a changed weight is harmless, a changed structure is not")
                .isBetween(1, 119);
    }

    private static byte[] damaged(Random random) {
        byte[] bytes = SOUND.clone();
        // nodes come before the constants
        int structure = 2000;
        switch (random.nextInt(4)) {
            case 0 -> {
                return Arrays.copyOf(bytes, random.nextInt(bytes.length));
            }
            case 1 -> bytes[random.nextInt(structure)] ^= (byte) (1 << random.nextInt(8));
            case 2 -> bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
            default -> {
                int from = random.nextInt(structure);
                System.arraycopy(SOUND, random.nextInt(structure), bytes, from, 16);
            }
        }
        return bytes;
    }
}
