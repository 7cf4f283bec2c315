/** The only door for people: commands in, the view of the topics out, as REST, server-sent events, pages and reports. */
package org.rtda.gateway;
