/**
 * What travels between the services: topics, events, object names, and the checks on values that people send. The JSON
 * schema of a message is its record; {@code asyncapi.yaml} beside this package describes the same for outsiders.
 */
package org.rtda.contracts;
