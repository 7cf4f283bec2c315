/**
 * What the gateway knows, in a database: its schema, its rows, and how events change them. Statements are understood by H2 and by
 * PostgreSQL alike.
 */
package org.rtda.gateway.database;
