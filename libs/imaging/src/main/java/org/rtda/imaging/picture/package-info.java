/** Pictures to pixels: PNG, JPEG, BMP, TIFF, PGM and PPM. */
package org.rtda.imaging.picture;
