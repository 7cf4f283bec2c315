/** The gateway's API as a terminal needs it. */
package org.rtda.cli.rest;
