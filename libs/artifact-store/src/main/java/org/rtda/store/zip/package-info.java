/** What archives say of themselves, before they are opened. */
package org.rtda.store.zip;
