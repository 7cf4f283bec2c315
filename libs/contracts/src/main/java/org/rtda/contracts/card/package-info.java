/** What people state of a model, for its card: facts that the system cannot know. */
package org.rtda.contracts.card;
