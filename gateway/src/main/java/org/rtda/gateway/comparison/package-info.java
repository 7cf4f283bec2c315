/** Experiments side by side: figures over seeds, and which differences the paired tests show. */
package org.rtda.gateway.comparison;
