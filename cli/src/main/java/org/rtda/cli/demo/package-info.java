/** The demonstration: from synthetic images to a report. */
package org.rtda.cli.demo;
