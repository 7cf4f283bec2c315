/** Attacks on a frozen network, and the losses that they raise. */
package org.rtda.nn.pytorch.attack;
