/** What every message is held to: its fields are checked once, and failures say which kind they are. */
package org.rtda.contracts.check;
