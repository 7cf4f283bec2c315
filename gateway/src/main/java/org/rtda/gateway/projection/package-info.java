/** How the topics come into the database: read from the stored positions, in batches, by one gateway at a time. */
package org.rtda.gateway.projection;
