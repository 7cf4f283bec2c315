/** Asks attack workers for adversarial images and checks each one before it counts. */
package org.rtda.evaluator.attack;
