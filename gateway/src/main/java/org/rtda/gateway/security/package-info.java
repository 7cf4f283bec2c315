/**
 * Who may do what: sign-in by service tokens and OpenID Connect, roles, and what is kept out of the way of browsers. Which role an
 * operation needs is in {@code application.properties} ({@code quarkus.http.auth.permission}), nowhere else.
 */
package org.rtda.gateway.security;
