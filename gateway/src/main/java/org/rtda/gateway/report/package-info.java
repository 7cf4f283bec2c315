/** What is known of an experiment as a report: a class a section. */
package org.rtda.gateway.report;
