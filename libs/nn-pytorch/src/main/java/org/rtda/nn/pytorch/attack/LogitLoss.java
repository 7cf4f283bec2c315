package org.rtda.nn.pytorch.attack;

/**
 * What an attack raises: a number of each image, made of its logits. In double precision, so that a probability close to 1
 * still has a slope.
 */
interface LogitLoss {

    /**
     * @param logits one value a class
     * @param image its index in the batch under attack
     */
    double value(float[] logits, int image);

    /** Adds the derivative with respect to each logit to {@code slope}, which holds zeros. */
    void derive(float[] logits, int image, double[] slope);

    /** The class with the largest logit, the first one of equals. */
    static int predicted(float[] logits) {
        int largest = 0;
        for (int j = 1; j < logits.length; j++) {
            if (logits[j] > logits[largest]) {
                largest = j;
            }
        }
        return largest;
    }

    /** The class with the largest logit but one, the first one of equals. */
    static int largestBut(float[] logits, int excluded) {
        int largest = excluded == 0 ? 1 : 0;
        for (int j = largest + 1; j < logits.length; j++) {
            if (j != excluded && logits[j] > logits[largest]) {
                largest = j;
            }
        }
        return largest;
    }

    /** The classes from the largest logit to the smallest, the first one of equals first. */
    static int[] ranked(float[] logits) {
        int[] ranked = new int[logits.length];
        for (int j = 0; j < ranked.length; j++) {
            int at = j;
            while (at > 0 && logits[ranked[at - 1]] < logits[j]) {
                ranked[at] = ranked[at - 1];
                at--;
            }
            ranked[at] = j;
        }
        return ranked;
    }
}
