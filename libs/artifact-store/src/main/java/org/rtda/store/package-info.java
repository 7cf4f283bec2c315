/**
 * Where bytes live: a port to an object store with two implementations, and what is kept there: data sets and the
 * payloads of messages.
 */
package org.rtda.store;
