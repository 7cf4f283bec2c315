/**
 * The fault suite: an experiment trains and is evaluated while something breaks, and its end is compared with that of an
 * undisturbed run. See docs/faults.md.
 */
package org.rtda.faults;
