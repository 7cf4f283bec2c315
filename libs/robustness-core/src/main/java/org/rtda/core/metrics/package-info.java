/**
 * Figures with their uncertainty. Every one carries its n and a 95% interval that has a width at 0 and 1, too: Wilson's for
 * proportions, for the rest what its class says (docs/intervals.md). What is not defined (a class without images) is absent,
 * never a stand-in number.
 */
package org.rtda.core.metrics;
