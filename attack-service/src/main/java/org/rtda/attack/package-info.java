/** Crafts adversarial views on request, against the exact weights that the request names; scaled on its own. */
package org.rtda.attack;
