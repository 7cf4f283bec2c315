/**
 * DICOM files (PS3.10) to pixels. The parser keeps the attributes that {@link org.rtda.imaging.dicom.Attribute} lists and steps over
 * all others without looking at their values, so what identifies a person cannot leave it.
 */
package org.rtda.imaging.dicom;
