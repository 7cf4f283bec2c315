/** What every condition of an evaluation needs: the model and its cache, batches of clean images, ids, events and failures. */
package org.rtda.evaluator.context;
