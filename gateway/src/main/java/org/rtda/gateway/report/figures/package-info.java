/** What the sections of a report share: its source, the figures with their flags, means over them, tables of them. */
package org.rtda.gateway.report.figures;
