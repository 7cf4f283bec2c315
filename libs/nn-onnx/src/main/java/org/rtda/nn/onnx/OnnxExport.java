package org.rtda.nn.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.google.protobuf.UnsafeByteOperations;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.rtda.core.Tensor;
import org.rtda.core.network.Layer;
import org.rtda.core.network.NetworkArchitecture;
import org.rtda.core.network.Parameter;
import org.rtda.core.network.Weights;

/**
 * A network in evaluation mode as an ONNX model, operator set 13, float32. Input {@code images}, batch x C x H x W in
 * [0,1] (normalisation is part of the model); output {@code logits}, batch x classes. Equal arguments give equal bytes.
 */
public final class OnnxExport {
    static final String OUTPUT = "logits";
    private static final int OPERATOR_SET = 13;
    private static final int IR_VERSION = 7;
    private static final String BATCH = "batch";

    private final NetworkArchitecture architecture;
    private final GraphProto.Builder graph = GraphProto.newBuilder();

    private OnnxExport(NetworkArchitecture architecture) {
        this.architecture = architecture;
    }

    /** As {@link #write(NetworkArchitecture, Weights, Map)}, without metadata. */
    public static byte[] write(NetworkArchitecture architecture, Weights weights) {
        return write(architecture, weights, Map.of());
    }

    /**
     * The file's bytes.
     *
     * @param metadata free text by name, readable by any ONNX tool; {@link ModelMetadata} has what a user of the model needs
     * @throws IllegalArgumentException when the weights do not fit the architecture
     */
    public static byte[] write(NetworkArchitecture architecture, Weights weights, Map<String, String> metadata) {
        architecture.requireFits(weights);
        OnnxExport export = new OnnxExport(architecture);
        export.writeGraph(weights);
        ModelProto.Builder model = ModelProto.newBuilder()
                .setIrVersion(IR_VERSION)
                .setProducerName("rtda")
                .addOpsetImport(OperatorSetIdProto.newBuilder().setDomain("").setVersion(OPERATOR_SET))
                .setGraph(export.graph);
        new TreeMap<>(metadata)
                .forEach((key, value) -> model.addMetadataProps(
                        StringStringEntryProto.newBuilder().setKey(key).setValue(value)));
        return model.build().toByteArray();
    }

    private void writeGraph(Weights weights) {
        graph.setName(architecture.name());
        graph.addInput(
                value(NetworkArchitecture.INPUT, architecture.channels(), architecture.height(), architecture.width()));
        graph.addOutput(value(OUTPUT, architecture.classes()));
        weights.tensors().forEach(this::addConstant);
        for (Layer layer : architecture.layers()) {
            addLayer(layer);
        }
    }

    private void addLayer(Layer layer) {
        if (layer instanceof Layer.Normalization it) {
            addNormalization(it);
        } else if (layer instanceof Layer.Convolution it) {
            addNode("Conv", it)
                    .addAttribute(integers("kernel_shape", it.kernel(), it.kernel()))
                    .addAttribute(integers("strides", it.stride(), it.stride()))
                    .addAttribute(integers(
                            "pads",
                            it.padding().top(),
                            it.padding().left(),
                            it.padding().bottom(),
                            it.padding().right()))
                    .addAttribute(integer("group", it.groups()));
        } else if (layer instanceof Layer.BatchNormalization it) {
            addNode("BatchNormalization", it)
                    .addAttribute(AttributeProto.newBuilder()
                            .setName("epsilon")
                            .setType(AttributeProto.AttributeType.FLOAT)
                            .setF((float) it.epsilon()));
        } else if (layer instanceof Layer.Relu) {
            addNode("Relu", layer);
        } else if (layer instanceof Layer.Relu6 it) {
            addRelu6(it);
        } else if (layer instanceof Layer.Add) {
            addNode("Add", layer);
        } else if (layer instanceof Layer.MaxPool it) {
            addNode("MaxPool", it)
                    .addAttribute(integers("kernel_shape", it.kernel(), it.kernel()))
                    .addAttribute(integers("strides", it.stride(), it.stride()))
                    .addAttribute(integers("pads", it.padding(), it.padding(), it.padding(), it.padding()));
        } else if (layer instanceof Layer.GlobalAveragePool it) {
            String pooled = it.name() + "/pooled";
            addNode("GlobalAveragePool", it.name() + "/average", List.of(it.input()), pooled);
            addNode("Flatten", it.name(), List.of(pooled), outputOf(it)).addAttribute(integer("axis", 1));
        } else {
            addNode("Gemm", layer).addAttribute(integer("transB", 1));
        }
    }

    private void addRelu6(Layer.Relu6 layer) {
        String least = layer.name() + "/least";
        String most = layer.name() + "/most";
        addConstant(least, scalar(0));
        addConstant(most, scalar(Layer.Relu6.LARGEST));
        addNode("Clip", layer.name(), List.of(layer.input(), least, most), outputOf(layer));
    }

    private static Tensor scalar(float value) {
        return new Tensor(new long[0], new float[] {value});
    }

    private void addNormalization(Layer.Normalization layer) {
        String mean = layer.name() + "/mean";
        String deviation = layer.name() + "/deviation";
        String centred = layer.name() + "/centred";
        addConstant(mean, perChannel(layer.mean()));
        addConstant(deviation, perChannel(layer.deviation()));
        addNode("Sub", layer.name() + "/centre", List.of(layer.input(), mean), centred);
        addNode("Div", layer.name(), List.of(centred, deviation), outputOf(layer));
    }

    private static Tensor perChannel(List<Float> values) {
        float[] data = new float[values.size()];
        for (int c = 0; c < data.length; c++) {
            data[c] = values.get(c);
        }
        return new Tensor(new long[] {1, data.length, 1, 1}, data);
    }

    /** A node that reads the layer's inputs and then its parameters, in the order in which the layer lists them. */
    private NodeProto.Builder addNode(String operator, Layer layer) {
        NodeProto.Builder node = addNode(operator, layer.name(), layer.inputs(), outputOf(layer));
        layer.parameters().stream().map(Parameter::name).forEach(node::addInput);
        return node;
    }

    private NodeProto.Builder addNode(String operator, String name, List<String> inputs, String output) {
        return graph.addNodeBuilder()
                .setOpType(operator)
                .setName(name)
                .addAllInput(inputs)
                .addOutput(output);
    }

    private String outputOf(Layer layer) {
        return layer.name().equals(architecture.output()) ? OUTPUT : layer.name();
    }

    private void addConstant(String name, Tensor tensor) {
        byte[] bytes = new byte[4 * tensor.data().length];
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().put(tensor.data());
        TensorProto.Builder constant = graph.addInitializerBuilder()
                .setName(name)
                .setDataType(TensorProto.DataType.FLOAT.getNumber())
                // not copied: the weights of the largest network are 270 MB
                .setRawData(UnsafeByteOperations.unsafeWrap(bytes));
        for (long side : tensor.shape()) {
            constant.addDims(side);
        }
    }

    /** A float32 tensor of an open batch size. */
    static ValueInfoProto value(String name, int... sides) {
        TensorShapeProto.Builder shape = TensorShapeProto.newBuilder();
        shape.addDimBuilder().setDimParam(BATCH);
        for (int side : sides) {
            shape.addDimBuilder().setDimValue(side);
        }
        return ValueInfoProto.newBuilder()
                .setName(name)
                .setType(TypeProto.newBuilder()
                        .setTensorType(TypeProto.Tensor.newBuilder()
                                .setElemType(TensorProto.DataType.FLOAT.getNumber())
                                .setShape(shape)))
                .build();
    }

    private static AttributeProto integer(String name, long value) {
        return AttributeProto.newBuilder()
                .setName(name)
                .setType(AttributeProto.AttributeType.INT)
                .setI(value)
                .build();
    }

    private static AttributeProto integers(String name, long... values) {
        AttributeProto.Builder attribute =
                AttributeProto.newBuilder().setName(name).setType(AttributeProto.AttributeType.INTS);
        for (long value : values) {
            attribute.addInts(value);
        }
        return attribute.build();
    }
}
