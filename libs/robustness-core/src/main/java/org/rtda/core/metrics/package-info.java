/**
 * Figures with their uncertainty. Every one carries its n and a 95% interval: Wilson's for proportions, for the
 * rest what each class says; all of them cover with few images and have a width at 0 and 1 (docs/intervals.md). What is not defined (a class without images) is absent, never a stand-in number.
 */
package org.rtda.core.metrics;
