/** A real Kafka broker and an S3 store in one process on the loopback address, for one machine without containers. */
package org.rtda.stack;
