/** How much callers may ask of the gateway at once and in a time. */
package org.rtda.gateway.limit;
