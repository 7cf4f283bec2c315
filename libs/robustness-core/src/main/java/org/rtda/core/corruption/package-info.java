/**
 * The damage that images meet in practice, in five severities each: MedMNIST-C's corruptions (Di Salvo, Doerrich, Ledig,
 * 2024) on images in [0,1] of any size, without rounding to 8 bits but where the corruption itself does so (JPEG).
 */
package org.rtda.core.corruption;
