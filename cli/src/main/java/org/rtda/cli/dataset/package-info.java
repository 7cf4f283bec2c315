/** Commands about data sets: import, list, and synthetic images. */
package org.rtda.cli.dataset;
