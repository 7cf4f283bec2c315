/** The kinds of conditions: unperturbed, corrupted, attacked and what is built of these; each measures one task. */
package org.rtda.evaluator.condition;
