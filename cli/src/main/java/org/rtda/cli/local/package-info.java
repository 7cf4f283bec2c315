/** The services as processes of this machine: started, watched, stopped. */
package org.rtda.cli.local;
