/** From a list of files to prepared pixels: reads, checks and resizes many images with bounded memory. */
package org.rtda.imaging.set;
