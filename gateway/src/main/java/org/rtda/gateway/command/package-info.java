/** What people ask for: commands that are checked and sent. */
package org.rtda.gateway.command;
