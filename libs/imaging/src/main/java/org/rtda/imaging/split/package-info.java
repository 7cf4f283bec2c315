/** Train, validation and test: splits that part no patient. */
package org.rtda.imaging.split;
