/** Makes an account for each service at the broker and in the store, from the one description {@code accounts.txt}. */
package org.rtda.access;
