/** What all commands share: the terminal, tables, progress, options and failures. */
package org.rtda.cli.terminal;
