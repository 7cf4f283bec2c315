/** Which conditions an evaluation has. */
package org.rtda.evaluator.suite;
