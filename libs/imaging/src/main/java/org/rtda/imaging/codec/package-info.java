/** Compressed pixels to samples, for pictures and DICOM alike: what is shown, and in which colours, others decide. */
package org.rtda.imaging.codec;
