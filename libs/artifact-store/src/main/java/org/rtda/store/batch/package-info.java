/** The look at batches that workers sent. */
package org.rtda.store.batch;
