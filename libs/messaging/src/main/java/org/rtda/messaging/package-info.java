/** Kafka as the services use it: the topics made at start-up, events as records. */
package org.rtda.messaging;
