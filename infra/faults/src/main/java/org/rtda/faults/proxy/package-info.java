/** What stands between services and broker or store, and can break what is between them. */
package org.rtda.faults.proxy;
