/** The commands that people type. */
package org.rtda.cli;
