/** Reports as data, and their page: one HTML file that needs nothing else. Knows nothing of what it reports. */
package org.rtda.report;
