/** The description of the Kafka topics and their messages, for programs and for people. */
package org.rtda.gateway.asyncapi;
