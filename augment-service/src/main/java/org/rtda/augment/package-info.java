/** Makes AugMix views on request: a pure function of the request, so any number of these can run, die and come back. */
package org.rtda.augment;
