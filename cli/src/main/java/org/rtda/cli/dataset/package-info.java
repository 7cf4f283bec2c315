/** Commands about data sets: import, list, and synthetic images. Files become arrays here, where they lie. */
package org.rtda.cli.dataset;
