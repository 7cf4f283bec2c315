/** What every worker service needs of its surroundings: the store, the broker, and what its health is judged by. */
package org.rtda.service;
