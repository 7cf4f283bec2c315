/** Data sets on their way to the gateway: files become arrays here, where they lie. */
package org.rtda.cli.dataset;
