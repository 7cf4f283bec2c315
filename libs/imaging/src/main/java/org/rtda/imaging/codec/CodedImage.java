package org.rtda.imaging.codec;

/**
 * What a compressed stream holds, before anybody says what it means.
 *
 * @param components samples of a pixel
 * @param bits depth that the stream declares, 1 to 16
 * @param signed whether samples are two's complement of {@code bits} bits
 * @param samples H x W x components, row-major, each in its lowest {@code bits} bits; not copied
 */
public record CodedImage(int width, int height, int components, int bits, boolean signed, char[] samples) {}
