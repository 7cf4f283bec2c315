/**
 * Figures with their uncertainty. Every one carries its n and a 95% interval: Wilson's for proportions, a stratified
 * bootstrap for the rest. What is not defined (a class without images) is absent, never a stand-in number.
 */
package org.rtda.core.metrics;
