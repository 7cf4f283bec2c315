/** The course of an evaluation: its plan, its tasks, what was published of it, and the announcement of its end. */
package org.rtda.evaluator.lifecycle;
