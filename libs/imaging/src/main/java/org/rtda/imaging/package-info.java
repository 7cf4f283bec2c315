/**
 * Files of images to pixels, without what identifies a person. {@link org.rtda.imaging.ImageFiles} is the door. Plain Java;
 * depends on no other module of the project.
 */
package org.rtda.imaging;
