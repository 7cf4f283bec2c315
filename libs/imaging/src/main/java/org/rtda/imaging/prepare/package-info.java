/** From images of any size and depth to squares of 8 bits, the same for the same input. */
package org.rtda.imaging.prepare;
