package org.rtda.nn.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import com.google.protobuf.CodedInputStream;
import com.google.protobuf.UnsafeByteOperations;
import java.io.IOException;
import java.util.Set;

/**
 * The look at a model before ONNX Runtime gets it. A model may name files of the machine as its weights, carry functions and graphs inside
 * graphs, or declare a small operation whose result fills memory. Models of this project need none of it: they are the operators
 * that {@link OnnxExport} writes, on float32 constants that stand in the file whole.
 */
final class OnnxModelCheck {
    /** Identity is for models of other makers; it does nothing. */
    private static final Set<String> OPERATORS = Set.of(
            "Add",
            "BatchNormalization",
            "Clip",
            "Conv",
            "Div",
            "Flatten",
            "Gemm",
            "GlobalAveragePool",
            "Identity",
            "MaxPool",
            "Relu",
            "Sub");

    private static final int MOST_NODES = 10_000;
    private static final int MOST_CONSTANTS = 10_000;

    /** Of kernels, strides, pads and groups. Images have sides of at most 1024 pixels. */
    private static final long LARGEST_NUMBER = 8192;

    private OnnxModelCheck() {}

    /** @throws InvalidOnnxModelException naming what the model has and may not have */
    static void require(byte[] file) {
        ModelProto model = parse(file);
        // of ONNX's later versions: functions of the model's own, for example
        if (!model.getUnknownFields().asMap().isEmpty()) {
            throw invalid("the model has parts that are not read (fields "
                    + model.getUnknownFields().asMap().keySet() + "), such as functions of its own");
        }
        GraphProto graph = model.getGraph();
        if (graph.getNodeCount() > MOST_NODES || graph.getInitializerCount() > MOST_CONSTANTS) {
            throw invalid("the model has " + graph.getNodeCount() + " nodes and " + graph.getInitializerCount()
                    + " constants; at most " + MOST_NODES + " and " + MOST_CONSTANTS + " are taken");
        }
        if (graph.getSparseInitializerCount() > 0) {
            throw invalid("the model has sparse constants, which are not read");
        }
        graph.getNodeList().forEach(OnnxModelCheck::require);
        graph.getInitializerList().forEach(OnnxModelCheck::require);
    }

    private static ModelProto parse(byte[] file) {
        try {
            // constants stay where they are in the file
            CodedInputStream input = UnsafeByteOperations.unsafeWrap(file).newCodedInput();
            input.enableAliasing(true);
            return ModelProto.parseFrom(input);
        } catch (IOException e) {
            throw new InvalidOnnxModelException("the file is no ONNX model: " + e.getMessage(), e);
        }
    }

    private static void require(NodeProto node) {
        if (!node.getDomain().isEmpty() || !OPERATORS.contains(node.getOpType())) {
            throw invalid("the model uses the operator " + shown(node.getDomain() + ":" + node.getOpType())
                    + "; those that are run are " + OPERATORS.stream().sorted().toList());
        }
        node.getAttributeList().forEach(attribute -> require(node, attribute));
    }

    private static void require(NodeProto node, AttributeProto attribute) {
        String name = shown(node.getName() + "." + attribute.getName());
        if (attribute.hasG()
                || attribute.getGraphsCount() > 0
                || attribute.hasT()
                || attribute.getTensorsCount() > 0
                || attribute.hasSparseTensor()
                || attribute.getSparseTensorsCount() > 0) {
            throw invalid("attribute " + name + " must be a number or a few, is a tensor or a graph");
        }
        requireSmall(name, attribute.getI());
        attribute.getIntsList().forEach(number -> requireSmall(name, number));
    }

    private static void requireSmall(String name, long number) {
        if (number < 0 || number > LARGEST_NUMBER) {
            throw invalid("attribute " + name + " must be in [0, " + LARGEST_NUMBER + "], was " + number);
        }
    }

    private static void require(TensorProto constant) {
        String name = shown(constant.getName());
        if (constant.getExternalDataCount() > 0 || constant.getDataLocation() != TensorProto.DataLocation.DEFAULT) {
            throw invalid("constant " + name + " lies in another file; only what stands in the model is read");
        }
        if (constant.getDataType() != TensorProto.DataType.FLOAT.getNumber()) {
            throw invalid("constant " + name + " must be float32, has the type " + constant.getDataType());
        }
        long bytes = Float.BYTES;
        try {
            for (long side : constant.getDimsList()) {
                bytes = Math.multiplyExact(bytes, side);
            }
        } catch (ArithmeticException e) {
            throw new InvalidOnnxModelException("constant " + name + " has a shape too large", e);
        }
        if (bytes != constant.getRawData().size()) {
            throw invalid("constant " + name + " needs " + bytes + " bytes, has "
                    + constant.getRawData().size());
        }
    }

    private static String shown(String text) {
        return text.length() > 100 ? text.substring(0, 100) + "..." : text;
    }

    private static InvalidOnnxModelException invalid(String reason) {
        return new InvalidOnnxModelException(reason, null);
    }
}
