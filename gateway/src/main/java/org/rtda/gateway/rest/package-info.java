/** The HTTP resources, and how requests are read and refused. */
package org.rtda.gateway.rest;
