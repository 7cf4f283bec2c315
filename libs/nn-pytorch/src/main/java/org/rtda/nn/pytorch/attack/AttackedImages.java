package org.rtda.nn.pytorch.attack;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.commons.rng.UniformRandomProvider;
import org.rtda.core.ImageBatch;
import org.rtda.core.Seed;
import org.rtda.nn.pytorch.engine.ClassIndices;
import org.rtda.nn.pytorch.engine.FrozenNetwork;
import org.rtda.nn.pytorch.engine.NonFiniteException;

/**
 * The images of one call under attack and the network that is asked about them: any chosen ones at a time, so that an
 * attack need not carry along those it is done with. Counts what the answers cost. For one thread.
 */
public final class AttackedImages {
    /** How far outside [0,1] a pixel may be through rounding. */
    private static final float RANGE_TOLERANCE = 1e-5f;

    private final FrozenNetwork target;
    private final ImageBatch clean;
    private final int[] labels;
    private final List<Seed> seeds;
    private final Integer targetClass;
    private final Runnable beforeEachPass;
    private final int[] gradientEvaluations;
    private int zeroGradients;
    private float[][] cleanLogits;

    /**
     * @param targetClass the class that each image shall be taken for; null when any wrong one will do
     * @throws IllegalArgumentException as {@link Attack#perturb} says
     */
    public AttackedImages(
            FrozenNetwork target,
            ImageBatch clean,
            int[] labels,
            List<Seed> seeds,
            Integer targetClass,
            Runnable beforeEachPass) {
        if (seeds.size() != clean.count()) {
            throw new IllegalArgumentException(
                    "an attack needs a seed for each of " + clean.count() + " images, got " + seeds.size());
        }
        int classes = target.architecture().classes();
        ClassIndices.require(labels, clean.count(), classes);
        if (targetClass != null && targetClass >= classes) {
            throw new IllegalArgumentException("targetClass must be in [0, " + (classes - 1) + "], was " + targetClass);
        }
        requireRange(clean);
        this.target = target;
        this.clean = clean;
        this.labels = labels;
        this.seeds = seeds;
        this.targetClass = targetClass;
        this.beforeEachPass = beforeEachPass;
        this.gradientEvaluations = new int[clean.count()];
    }

    int count() {
        return clean.count();
    }

    /** C x H x W. */
    int size() {
        return clean.imageSize();
    }

    int channels() {
        return clean.channels();
    }

    int height() {
        return clean.height();
    }

    int width() {
        return clean.width();
    }

    int classes() {
        return target.architecture().classes();
    }

    int[] labels() {
        return labels;
    }

    /** The indices of all images. */
    public int[] all() {
        return IntStream.range(0, count()).toArray();
    }

    /** N x C x H x W, not to be changed. */
    float[] cleanPixels() {
        return clean.pixels();
    }

    /** N x classes. */
    float[][] cleanLogits() {
        if (cleanLogits == null) {
            cleanLogits = logits(clean.pixels(), all());
        }
        return cleanLogits;
    }

    /** The cross entropy of the true class, or where there is a class to be taken for, minus that one's. */
    LogitLoss crossEntropy() {
        if (targetClass == null) {
            return new CrossEntropyLoss(labels);
        }
        int[] targets = new int[count()];
        Arrays.fill(targets, targetClass);
        return new LoweredLoss(new CrossEntropyLoss(targets));
    }

    /** Whether an image with these logits is classified as the attack wants it. */
    boolean fooled(float[] logits, int image) {
        int predicted = LogitLoss.predicted(logits);
        return targetClass == null ? predicted != labels[image] : predicted == targetClass;
    }

    /** The image's own randomness for a start; the first start has the seed's. */
    UniformRandomProvider generator(int image, int start) {
        Seed seed = seeds.get(image);
        return (start == 0 ? seed : seed.forPurpose("restart").forIndex(start)).generator();
    }

    /**
     * @param pixels of all images, N x C x H x W
     * @param chosen indices of images
     * @return a row for each chosen one
     */
    float[][] logits(float[] pixels, int[] chosen) {
        beforeEachPass.run();
        float[][] logits = target.logits(batch(pixels, chosen));
        requireFinite(logits, chosen);
        return logits;
    }

    /**
     * As {@link #logits}, and the gradient of each chosen image's loss with respect to its pixels.
     *
     * @param where continues the sentence that names a gradient which is no number
     */
    public FrozenNetwork.Evaluation evaluate(float[] pixels, int[] chosen, LogitLoss loss, String where) {
        beforeEachPass.run();
        FrozenNetwork.Evaluation evaluation =
                target.evaluate(batch(pixels, chosen), logits -> slopes(logits, chosen, loss));
        for (int k = 0; k < chosen.length; k++) {
            boolean zero = requireFinite(evaluation.gradient(), k, chosen[k], where);
            if (gradientEvaluations[chosen[k]]++ == 0 && zero) {
                zeroGradients++;
            }
        }
        requireFinite(evaluation.logits(), chosen);
        return evaluation;
    }

    Attack.Perturbed result(float[] pixels) {
        return new Attack.Perturbed(
                withPixels(count(), inRange(pixels)),
                Arrays.stream(gradientEvaluations).max().orElseThrow(),
                zeroGradients);
    }

    /** Of an attack that asks for no gradient. */
    Attack.Perturbed resultWithoutGradients(float[] pixels) {
        return new Attack.Perturbed(withPixels(count(), inRange(pixels)), 0, null);
    }

    /** An image that was given a little outside, and needed no perturbation, still is. */
    private static float[] inRange(float[] pixels) {
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = Math.max(0f, Math.min(1f, pixels[i]));
        }
        return pixels;
    }

    private static float[][] slopes(float[][] logits, int[] chosen, LogitLoss loss) {
        float[][] slopes = new float[logits.length][];
        for (int k = 0; k < logits.length; k++) {
            double[] slope = new double[logits[k].length];
            loss.derive(logits[k], chosen[k], slope);
            slopes[k] = new float[slope.length];
            for (int j = 0; j < slope.length; j++) {
                slopes[k][j] = (float) slope[j];
            }
        }
        return slopes;
    }

    private ImageBatch batch(float[] pixels, int[] chosen) {
        if (chosen.length == count()) {
            return withPixels(count(), pixels);
        }
        float[] part = new float[chosen.length * size()];
        for (int k = 0; k < chosen.length; k++) {
            System.arraycopy(pixels, chosen[k] * size(), part, k * size(), size());
        }
        return withPixels(chosen.length, part);
    }

    private ImageBatch withPixels(int count, float[] pixels) {
        return new ImageBatch(count, channels(), height(), width(), pixels);
    }

    private static void requireRange(ImageBatch images) {
        float[] pixels = images.pixels();
        for (int i = 0; i < pixels.length; i++) {
            if (!(pixels[i] >= -RANGE_TOLERANCE && pixels[i] <= 1 + RANGE_TOLERANCE)) {
                throw new IllegalArgumentException(
                        "pixels must be in [0, 1], image " + i / images.imageSize() + " holds " + pixels[i]);
            }
        }
    }

    /** Returns whether the gradient is zero everywhere. */
    private boolean requireFinite(float[] gradient, int row, int image, String where) {
        boolean zero = true;
        for (int i = row * size(); i < (row + 1) * size(); i++) {
            if (!Float.isFinite(gradient[i])) {
                throw new NonFiniteException("the gradient of image " + image + " holds " + gradient[i] + " " + where);
            }
            zero &= gradient[i] == 0;
        }
        return zero;
    }

    private static void requireFinite(float[][] logits, int[] chosen) {
        for (int k = 0; k < chosen.length; k++) {
            for (float logit : logits[k]) {
                if (!Float.isFinite(logit)) {
                    throw new NonFiniteException("a logit of image " + chosen[k] + " is " + logit);
                }
            }
        }
    }
}
