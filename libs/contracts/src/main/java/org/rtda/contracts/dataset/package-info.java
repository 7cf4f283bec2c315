/** Data sets and the objects that hold them. */
package org.rtda.contracts.dataset;
