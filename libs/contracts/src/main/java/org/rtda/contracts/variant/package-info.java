/** The variants that people may name, each described once. */
package org.rtda.contracts.variant;
