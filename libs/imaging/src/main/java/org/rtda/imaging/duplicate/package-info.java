/** Images that are there twice, and images that look the same. */
package org.rtda.imaging.duplicate;
