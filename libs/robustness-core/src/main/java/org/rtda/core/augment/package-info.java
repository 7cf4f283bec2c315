/**
 * The random views of an image that need no weights: AugMix (Hendrycks et al., ICLR 2020) with the arithmetic of Pillow's
 * operations on 8-bit images, and the flip and crop that come before it.
 */
package org.rtda.core.augment;
