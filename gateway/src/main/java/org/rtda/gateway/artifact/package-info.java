/** Files that the API hands out: whole, in part, or not at all to whoever has them already. */
package org.rtda.gateway.artifact;
