/** What every service does with the broker before it listens: see that the topics are there. */
package org.rtda.messaging;
