/** Two ways of training compared on the same images, over the seeds that they share. */
package org.rtda.core.comparison;
