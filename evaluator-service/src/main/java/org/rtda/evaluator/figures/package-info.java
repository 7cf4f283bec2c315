/** From a model's answers to figures with their intervals. */
package org.rtda.evaluator.figures;
