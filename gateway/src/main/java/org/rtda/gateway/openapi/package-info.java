/** What the API's description says of documents: the texts of their fields, from the records' Javadoc, and their shapes. */
package org.rtda.gateway.openapi;
