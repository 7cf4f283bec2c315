/** What is the same for the whole HTTP interface. */
package org.rtda.gateway.api;
