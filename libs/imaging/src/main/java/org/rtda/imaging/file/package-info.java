/** Any image file to pixels: recognises the format by its content. */
package org.rtda.imaging.file;
