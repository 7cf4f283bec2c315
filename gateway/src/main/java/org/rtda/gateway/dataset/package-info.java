/** Data sets as people look at them, and their end. */
package org.rtda.gateway.dataset;
