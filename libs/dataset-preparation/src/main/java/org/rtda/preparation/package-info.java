/**
 * From folders, tables and archives of image files to a data set that can be imported: arrays in three splits, a record of each image
 * without identity, and a report for the person who imports.
 */
package org.rtda.preparation;
