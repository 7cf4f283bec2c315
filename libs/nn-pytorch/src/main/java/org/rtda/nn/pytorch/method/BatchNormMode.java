package org.rtda.nn.pytorch.method;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.rtda.core.ImageBatch;
import org.rtda.core.network.NetworkArchitecture;
import org.rtda.core.network.Parameter;

/** Which images of a training step batch normalisation measures together. */
public enum BatchNormMode {
    /** Each view by itself: a forward pass a view, in their order, each updating the running statistics. */
    SEPARATE("separate") {
        @Override
        Map<String, NDArray> logits(Pass own, Pass adversarial, List<View> order, Map<String, ImageBatch> images) {
            Map<String, NDArray> logits = new LinkedHashMap<>();
            order.forEach(view -> logits.put(view.name(), own.logits(images.get(view.name()))));
            return logits;
        }
    },
    /** All views as one batch: one forward pass, one update of the running statistics. */
    JOINT("joint") {
        @Override
        Map<String, NDArray> logits(Pass own, Pass adversarial, List<View> order, Map<String, ImageBatch> images) {
            List<ImageBatch> parts =
                    order.stream().map(view -> images.get(view.name())).toList();
            NDList each = own.logits(ImageBatch.concat(parts)).split(parts.size());
            Map<String, NDArray> logits = new LinkedHashMap<>();
            for (int i = 0; i < parts.size(); i++) {
                logits.put(order.get(i).name(), each.get(i));
            }
            return logits;
        }
    },
    /**
     * Each view by itself, the adversarial ones with batch-norm parameters of their own, weights and statistics (Xie et
     * al., Adversarial Examples Improve Image Recognition, CVPR 2020). Attacks are crafted against that set; the network
     * that is deployed has the other.
     */
    DUAL("dual") {
        @Override
        Map<String, NDArray> logits(Pass own, Pass adversarial, List<View> order, Map<String, ImageBatch> images) {
            Map<String, NDArray> logits = new LinkedHashMap<>();
            for (View view : order) {
                Pass pass = isAdversarial(view) ? adversarial : own;
                logits.put(view.name(), pass.logits(images.get(view.name())));
            }
            return logits;
        }

        @Override
        List<Parameter> parameters(NetworkArchitecture architecture) {
            List<Parameter> all = new ArrayList<>(architecture.parameters());
            all.addAll(AdversarialBatchNorm.parameters(architecture));
            return all;
        }

        @Override
        public BatchNormMode forMethod(TrainingMethod method) {
            List<View> views = method.views();
            if (views.stream().allMatch(BatchNormMode::isAdversarial)) {
                throw new IllegalArgumentException("batchNorm must be separate or joint with method " + method.name()
                        + ", whose views are all adversarial: with dual the batch norm that is deployed would never be"
                        + " trained");
            }
            return views.stream().anyMatch(BatchNormMode::isAdversarial) ? DUAL : SEPARATE;
        }
    };

    /** A forward pass in training mode, N x C x H x W to N x classes. */
    interface Pass {
        NDArray logits(ImageBatch images);
    }

    private final String title;

    BatchNormMode(String title) {
        this.title = title;
    }

    /** {@code separate}, {@code joint} or {@code dual}. */
    public String title() {
        return title;
    }

    public static List<String> names() {
        return Arrays.stream(values()).map(BatchNormMode::title).toList();
    }

    /** @throws IllegalArgumentException for an unknown name, listing the known ones */
    public static BatchNormMode named(String name) {
        return Arrays.stream(values())
                .filter(mode -> mode.title.equals(name))
                .findFirst()
                .orElseThrow(
                        () -> new IllegalArgumentException("batchNorm must be one of " + names() + ", was " + name));
    }

    /**
     * What this comes to for a method: {@link #DUAL} is {@link #SEPARATE} for a method without adversarial views, which
     * has nothing for a second set.
     *
     * @throws IllegalArgumentException when it cannot serve the method: {@link #DUAL} where all views are adversarial
     */
    public BatchNormMode forMethod(TrainingMethod method) {
        return this;
    }

    /** Everything that training works on: the network's parameters, then those beside them. */
    List<Parameter> parameters(NetworkArchitecture architecture) {
        return architecture.parameters();
    }

    /**
     * The logits of each view.
     *
     * @param own with the network's batch-norm parameters
     * @param adversarial with the second set in their place
     */
    abstract Map<String, NDArray> logits(Pass own, Pass adversarial, List<View> order, Map<String, ImageBatch> images);

    private static boolean isAdversarial(View view) {
        return view.kind() == View.Kind.ADVERSARIAL;
    }
}
