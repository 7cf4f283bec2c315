package org.rtda.core;

import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.simple.RandomSource;

/**
 * Where all randomness comes from. A seed is a value; asking it for a generator never changes it, so whoever holds the
 * same seed and the same path draws the same numbers, on any worker, in any order.
 *
 * @param value any 64-bit number
 */
public record Seed(long value) {

    /** A seed for one purpose; different purposes give unrelated streams. */
    public Seed forPurpose(String purpose) {
        long hash = value;
        for (int i = 0; i < purpose.length(); i++) {
            hash = mix(hash ^ purpose.charAt(i));
        }
        return new Seed(mix(hash ^ 0x9e3779b97f4a7c15L * (purpose.length() + 1L)));
    }

    /** A seed for one numbered thing (a step, an image, an epoch). */
    public Seed forIndex(long index) {
        return new Seed(mix(mix(value) + 0x9e3779b97f4a7c15L * (index + 1)));
    }

    /** Shorthand for {@code forPurpose(purpose).forIndex(step).forIndex(index)}. */
    public Seed forStep(String purpose, long step, long index) {
        return forPurpose(purpose).forIndex(step).forIndex(index);
    }

    /** A fresh xoshiro256++ generator at the start of this seed's stream; not safe for use by several threads. */
    public UniformRandomProvider generator() {
        return RandomSource.XO_SHI_RO_256_PP.create(new long[] {
            mix(value), mix(value + 0x9e3779b97f4a7c15L), mix(value ^ 0xd1b54a32d192ed03L), mix(~value) | 1
        });
    }

    /** The finaliser of SplitMix64 (Steele, Lea, Flood, OOPSLA 2014): a bijection of 64 bits that mixes them well. */
    private static long mix(long z) {
        long a = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
        long b = (a ^ (a >>> 27)) * 0x94d049bb133111ebL;
        return b ^ (b >>> 31);
    }
}
