/** What waits on the work topics, and which workers are there. */
package org.rtda.gateway.work;
