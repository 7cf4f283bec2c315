package org.rtda.core.corruption;

/**
 * One 8 x 8 block of a JPEG image through the accurate integer cosine transform of the Independent JPEG Group ("islow"; after
 * Loeffler, Ligtenberg and Moschytz, ICASSP 1989), quantised, and back. The same integers as libjpeg and libjpeg-turbo give.
 */
final class JpegBlock {
    private static final int CONSTANT_BITS = 13;
    private static final int EXTRA_BITS = 2;
    private static final int C_0_298 = fixed(0.298631336);
    private static final int C_0_390 = fixed(0.390180644);
    private static final int C_0_541 = fixed(0.541196100);
    private static final int C_0_765 = fixed(0.765366865);
    private static final int C_0_899 = fixed(0.899976223);
    private static final int C_1_175 = fixed(1.175875602);
    private static final int C_1_501 = fixed(1.501321110);
    private static final int C_1_847 = fixed(1.847759065);
    private static final int C_1_961 = fixed(1.961570560);
    private static final int C_2_053 = fixed(2.053119869);
    private static final int C_2_562 = fixed(2.562915447);
    private static final int C_3_072 = fixed(3.072711026);

    private JpegBlock() {}

    /**
     * @param block 64 samples, row by row, 0 to 255; replaced by what is decoded
     * @param steps the quantisation table, row by row
     */
    static void roundTrip(int[] block, int[] steps) {
        for (int i = 0; i < 64; i++) {
            block[i] -= 128;
        }
        for (int row = 0; row < 8; row++) {
            forward(block, row * 8, 1, true);
        }
        for (int column = 0; column < 8; column++) {
            forward(block, column, 8, false);
        }
        for (int i = 0; i < 64; i++) {
            int step = 8 * steps[i]; // the transform's output is 8 times too large
            int level = (Math.abs(block[i]) + step / 2) / step;
            block[i] = (block[i] < 0 ? -level : level) * steps[i];
        }
        for (int column = 0; column < 8; column++) {
            backward(block, column, 8, CONSTANT_BITS - EXTRA_BITS);
        }
        for (int row = 0; row < 8; row++) {
            backward(block, row * 8, 1, CONSTANT_BITS + EXTRA_BITS + 3);
        }
        for (int i = 0; i < 64; i++) {
            block[i] = Math.max(0, Math.min(255, block[i] + 128));
        }
    }

    private static void forward(int[] v, int at, int step, boolean first) {
        int sum07 = v[at] + v[at + 7 * step];
        int difference07 = v[at] - v[at + 7 * step];
        int sum16 = v[at + step] + v[at + 6 * step];
        int difference16 = v[at + step] - v[at + 6 * step];
        int sum25 = v[at + 2 * step] + v[at + 5 * step];
        int difference25 = v[at + 2 * step] - v[at + 5 * step];
        int sum34 = v[at + 3 * step] + v[at + 4 * step];
        int difference34 = v[at + 3 * step] - v[at + 4 * step];

        int evenSum = sum07 + sum34;
        int evenDifference = sum07 - sum34;
        int innerSum = sum16 + sum25;
        int innerDifference = sum16 - sum25;
        int bits = first ? CONSTANT_BITS - EXTRA_BITS : CONSTANT_BITS + EXTRA_BITS;
        v[at] = first ? (evenSum + innerSum) << EXTRA_BITS : descaled(evenSum + innerSum, EXTRA_BITS);
        v[at + 4 * step] = first ? (evenSum - innerSum) << EXTRA_BITS : descaled(evenSum - innerSum, EXTRA_BITS);
        int shared = (innerDifference + evenDifference) * C_0_541;
        v[at + 2 * step] = descaled(shared + evenDifference * C_0_765, bits);
        v[at + 6 * step] = descaled(shared - innerDifference * C_1_847, bits);

        int all = (difference34 + difference25 + difference16 + difference07) * C_1_175;
        int z1 = (difference34 + difference07) * -C_0_899;
        int z2 = (difference25 + difference16) * -C_2_562;
        int z3 = (difference34 + difference16) * -C_1_961 + all;
        int z4 = (difference25 + difference07) * -C_0_390 + all;
        v[at + 7 * step] = descaled(difference34 * C_0_298 + z1 + z3, bits);
        v[at + 5 * step] = descaled(difference25 * C_2_053 + z2 + z4, bits);
        v[at + 3 * step] = descaled(difference16 * C_3_072 + z2 + z3, bits);
        v[at + step] = descaled(difference07 * C_1_501 + z1 + z4, bits);
    }

    private static void backward(int[] v, int at, int step, int bits) {
        int shared = (v[at + 2 * step] + v[at + 6 * step]) * C_0_541;
        int low = shared - v[at + 6 * step] * C_1_847;
        int high = shared + v[at + 2 * step] * C_0_765;
        int sum = (v[at] + v[at + 4 * step]) << CONSTANT_BITS;
        int difference = (v[at] - v[at + 4 * step]) << CONSTANT_BITS;
        int even0 = sum + high;
        int even3 = sum - high;
        int even1 = difference + low;
        int even2 = difference - low;

        int v7 = v[at + 7 * step];
        int v5 = v[at + 5 * step];
        int v3 = v[at + 3 * step];
        int v1 = v[at + step];
        int all = (v7 + v3 + v5 + v1) * C_1_175;
        int z1 = (v7 + v1) * -C_0_899;
        int z2 = (v5 + v3) * -C_2_562;
        int z3 = (v7 + v3) * -C_1_961 + all;
        int z4 = (v5 + v1) * -C_0_390 + all;
        int odd3 = v7 * C_0_298 + z1 + z3;
        int odd2 = v5 * C_2_053 + z2 + z4;
        int odd1 = v3 * C_3_072 + z2 + z3;
        int odd0 = v1 * C_1_501 + z1 + z4;

        v[at] = descaled(even0 + odd0, bits);
        v[at + 7 * step] = descaled(even0 - odd0, bits);
        v[at + step] = descaled(even1 + odd1, bits);
        v[at + 6 * step] = descaled(even1 - odd1, bits);
        v[at + 2 * step] = descaled(even2 + odd2, bits);
        v[at + 5 * step] = descaled(even2 - odd2, bits);
        v[at + 3 * step] = descaled(even3 + odd3, bits);
        v[at + 4 * step] = descaled(even3 - odd3, bits);
    }

    private static int descaled(int value, int bits) {
        return (value + (1 << (bits - 1))) >> bits;
    }

    private static int fixed(double constant) {
        return (int) Math.round(constant * (1 << CONSTANT_BITS));
    }
}
