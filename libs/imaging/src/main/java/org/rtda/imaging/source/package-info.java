/** What somebody has: folders, tables and ZIP archives of image files, with labels, splits, patients and subgroups. */
package org.rtda.imaging.source;
