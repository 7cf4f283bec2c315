/** Commands about the tokens by which programs sign in. */
package org.rtda.cli.token;
