/** Rules that say when figures of an ended evaluation cannot be believed. */
package org.rtda.evaluator.gates;
