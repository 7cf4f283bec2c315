/** How the store is spoken to over HTTP. */
package org.rtda.store.http;
