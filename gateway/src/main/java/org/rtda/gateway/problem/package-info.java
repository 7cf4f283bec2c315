/** Refusals as problem documents (RFC 9457). */
package org.rtda.gateway.problem;
