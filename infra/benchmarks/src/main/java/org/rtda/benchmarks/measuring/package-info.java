/** How a figure is taken: by turns, on one core, beside a rival, on which machine. */
package org.rtda.benchmarks.measuring;
